// What the loader hands over to once someone wants help. It is appended to the glue that
// wasm-bindgen writes (`mount` is its, and all that begins with `__wbg`), so that the loader stays small and a page
// still loads one file for both. Launcher, attributes and the page's own link are the loader's.

// Articles, guides and the handover: fetched once the panel is open and someone uses it.
const DEPTH = "__UNSTUCK_DEPTH__";
// After so long with an open panel that file is fetched even if nothing was touched.
const CALM = 3000;
const PATIENCE = 10000;
// So long after the first key or movement it is asked for.
const SETTLED = 500;
// A load that takes longer than this shows a panel that is typed into meanwhile (`shell.js`).
const SOON = 150;

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
    for (const host of widgets) host.fail("it stopped working", host.words);
    widgets.clear();
  } else if (type === "error") {
    errors.push(message || String(target.src || target.href || target));
    errors.splice(0, errors.length - KEPT);
  }
};
addEventListener("error", watch, true);
addEventListener("unhandledrejection", watch);

// The program, what it shares with its second file, and that file; the first and the last on their way.
let program, shared, deep;

// Compiles and starts a file of ours, while it arrives where its type lets the browser. It takes the
// place of what wasm-bindgen writes for every sort of input there could be.
const run = async (asked, imports) => {
  const answer = await asked;
  if (!answer.ok) throw new Error("a part of it answered " + answer.status);
  const { instance } = await (answer.headers.get("content-type") === "application/wasm" ? WebAssembly.instantiateStreaming(answer, imports)
    : WebAssembly.instantiate(await answer.arrayBuffer(), imports));
  return instance;
};

// All widgets of a page share one program; after a failure the next one asks again.
const begin = (wasm) => (program ??= run(wasm, __wbg_get_imports()).then(__wbg_finalize_init)
  .catch((error) => {
    program = undefined;
    throw error;
  }));

// The knowledge base in the reader's language is not there: the one that stands in for others, the
// first of `kb-locales`.
const first = async ({ kb, kbLocales }, error) => {
  const url = kb?.replace("{locale}", (kbLocales || "en").split(" ")[0]);
  const answer = url !== kb && await fetch(url);
  if (!answer.ok) throw error;
  return answer.arrayBuffer();
};

/**
 * Waits for the program, the knowledge base and the interface's texts, all of them on their way;
 * nothing stands for English. Resolves to what puts a widget
 * into the page, at once: it takes the element, the place inside its shadow root, the names of its
 * attributes and the calls that were made before, and gives the widget.
 */
export const ready = async (wasm, bytes, texts, host) => {
  const root = host.shadowRoot;
  // Keys typed in our fields are not the host's shortcuts.
  for (const sign of ["keydown", "keypress", "keyup"]) root.addEventListener(sign, (event) => event.stopPropagation());
  if (!root.adoptedStyleSheets.includes(styles)) root.adoptedStyleSheets.push(styles);
  const parts = Promise.all([begin(wasm), bytes.catch((error) => first(host, error)), texts]);
  // A quick load needs no panel before its own.
  const quick = await Promise.race([parts, new Promise((resolve) => setTimeout(resolve, SOON))]);
  const shell = quick ? undefined : openShell(host, root.childNodes[1], await texts);
  const [exported, pack, words] = await parts;
  await shell?.calm();
  shared = { __wasm_split: exported };
  return (host, place, names, calls) => {
    const widget = mount(host, shell?.inner || place, new Uint8Array(pack));
    widgets.add(host);
    const tell = widget.attribute;
    let opener;
    widget.attribute = (name, now) => {
      if (name === "open") {
        const active = root.activeElement;
        // The focus goes back to what opened the panel, unless the person has moved on.
        if (now !== undefined) opener = shell?.panel.contains(active) ? shell.opener : active || document.activeElement;
        else if (active) (opener?.isConnected && opener !== document.body ? opener : root.firstChild).focus();
      }
      tell.call(widget, name, now);
    };
    host.errors = errors;
    host.depth = (asked) => depth(host, widget, asked);
    if (words) widget.attribute("texts", words);
    for (const name of names) if (host.hasAttribute(name)) widget.attribute(name, host.getAttribute(name));
    for (const [name, args] of calls) widget.call(name, args);
    widget.start();
    if (shell && !host.hasAttribute("open")) shell.end();
    // What was typed meanwhile is searched for with the first drawing; all that is new comes with the second.
    else if (shell?.field.value) widget.call("search", [shell.field.value]);
    // Not in the way of the first hits: who presses one asks for it anyway.
    for (const sign of ["keydown", "pointerdown", "pointermove"]) place.addEventListener(sign, () => setTimeout(host.depth, SETTLED), { once: true });
    // Who has typed already needs it soon, but not before the hits.
    setTimeout(host.depth, shell?.field.value ? SETTLED : CALM);
    return widget;
  };
};

// Fetches the second file; when something waits for it (`asked`), a failure is told to the page too.
const depth = async (host, widget, asked) => {
  try {
    await (deep ??= run(fetch(new URL(DEPTH, import.meta.url), { integrity: host.pin, signal: AbortSignal.timeout(PATIENCE) }), shared));
    widget.depth(true);
  } catch (error) {
    deep = undefined;
    widget.depth(false);
    if (asked) host.dispatchEvent(new CustomEvent("unstuck-error", { bubbles: true, composed: true, detail: { code: "load", message: String(error?.message ?? error) } }));
  }
};
