// What the loader hands over to once someone wants help. It is appended to the glue that
// wasm-bindgen writes (`__wbg_init` and `mount` are its), so that the loader stays small and a page
// still loads one file for both. Launcher, attributes and the page's own link are the loader's.

// Articles, guides and the handover: fetched once the panel is open and someone uses it.
const DEPTH = "__UNSTUCK_DEPTH__";
// After so long with an open panel that file is fetched even if nothing was touched.
const CALM = 3000;
const PATIENCE = 10000;

// Widgets in the page, and the latest errors that the page reported since help was wanted.
const widgets = new Set(), errors = [];
const KEPT = 20;
// How the addresses of our programs begin, as they stand in the trace of a trap.
const OURS = import.meta.url.replace(/[^/]*$/, "unstuck-");

// A trap (a panic is one) leaves the program dead, and with it every widget of the page: each shows
// the page's own link and what was written. Other programs' traps are theirs.
const watch = ({ type, message, error, reason, target }) => {
  const fault = error ?? reason;
  if (fault instanceof WebAssembly.RuntimeError && fault.stack.includes(OURS)) {
    for (const host of widgets) host.fail("it stopped working", host.words && "What you wrote: " + host.words);
    widgets.clear();
  } else if (type === "error") {
    errors.push(message || String(target.src || target.href || target));
    errors.splice(0, errors.length - KEPT);
  }
};
addEventListener("error", watch, true);
addEventListener("unhandledrejection", watch);

// What the wasm shares with its second file, and that file on its way.
let shared, deep;

/**
 * Waits for the program, the knowledge base and the interface's texts, all of them on their way;
 * nothing stands for English. Resolves to what puts a widget
 * into the page, at once: it takes the element, the place inside its shadow root, the names of its
 * attributes and the calls that were made before, and gives the widget.
 */
export const ready = async (wasm, bytes, texts) => {
  const [exported, pack, words] = await Promise.all([__wbg_init({ module_or_path: wasm }), bytes, texts]);
  shared = { __wasm_split: exported };
  return (host, place, names, calls) => {
    const widget = mount(host, place, new Uint8Array(pack));
    widgets.add(host);
    host.errors = errors;
    host.depth = (asked) => depth(host, widget, asked);
    if (words) widget.attribute("texts", words);
    for (const name of names) if (host.hasAttribute(name)) widget.attribute(name, host.getAttribute(name));
    for (const [name, args] of calls) widget.call(name, args);
    widget.start();
    for (const sign of ["keydown", "pointerdown", "pointermove"]) place.addEventListener(sign, () => host.depth(), { once: true });
    setTimeout(host.depth, CALM);
    return widget;
  };
};

// Fetches the second file; when something waits for it (`asked`), a failure is told to the page too.
const depth = async (host, widget, asked) => {
  try {
    await (deep ??= fetch(new URL(DEPTH, import.meta.url), { signal: AbortSignal.timeout(PATIENCE) })
      .then(async (answer) => {
        if (!answer.ok) throw new Error("a part of it answered " + answer.status);
        return answer.headers.get("content-type") === "application/wasm" ? WebAssembly.instantiateStreaming(answer, shared)
          : WebAssembly.instantiate(await answer.arrayBuffer(), shared);
      }));
    widget.depth(true);
  } catch (error) {
    deep = undefined;
    widget.depth(false);
    if (asked) host.dispatchEvent(new CustomEvent("unstuck-error", { bubbles: true, composed: true, detail: { code: "load", message: String(error?.message ?? error) } }));
  }
};
