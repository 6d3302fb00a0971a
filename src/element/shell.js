// The panel while the program is on its way: its field takes what is typed, the program takes it
// over. It is appended to the glue, as `rest.js` is. What is drawn here is what `src/ui/view` draws
// for home, as far as no knowledge base is needed for it; all that it looks like are the widget's styles.

// The first texts of every language (`locales/en.txt`), in English.
const WORDS = "__UNSTUCK_WORDS__";
// Panels narrower than this are a sheet, as in `app.rs`.
const SHEET = 480;
// A word that is being composed is waited for this long.
const COMPOSED = 3000;
const PARTS = "panel header body search";

const styles = new CSSStyleSheet();
styles.replaceSync("__UNSTUCK_STYLES__");

const put = (name, attributes, ...children) => {
  const node = document.createElementNS(/svg|path/.test(name) ? "http://www.w3.org/2000/svg" : "http://www.w3.org/1999/xhtml", name);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  if (PARTS.includes(attributes.class)) node.setAttribute("part", attributes.class);
  node.append(...children);
  return node;
};
const icon = (d) => put("svg", { class: "icon", viewBox: "0 0 20 20", "aria-hidden": true }, put("path", { d }));

// Whether something is kept for a person, which decides what is shown first.
const known = ({ kb }) => {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith("unstuck:" + kb.split("/").pop().split(".")[0]));
  } catch {
    return false;
  }
};

/**
 * Opens a panel with a field in `place`, unless something else is to be seen first. Gives where the
 * program is to be mounted (`inner`), what opened the panel, the panel and its field, what ends it, and
 * what says when no word is half composed (`calm`); nothing when there is no such panel. It goes by
 * itself once the program has drawn its own, which then has all that was typed.
 */
const openShell = (host, place, texts) => {
  if (!host.hasAttribute("open") || host.mode === "inline" || host.article || known(host)) return undefined;
  const root = host.shadowRoot, opener = root.activeElement || document.activeElement;
  const [lang, dir, help, shut, loading, greeting, label, hint] = (texts || WORDS).split("\n");
  const field = put("input", {
    class: "search", type: "text", inputmode: "search", enterkeyhint: "search", role: "combobox", autocomplete: "off", autocapitalize: "none",
    spellcheck: false, "aria-autocomplete": "list", "aria-expanded": false, "aria-label": label, placeholder: hint, autofocus: "",
  });
  const close = put("button", { class: "quiet square", type: "button", "aria-label": shut }, icon("m5 5 10 10M15 5 5 15"));
  const panel = put("dialog", { class: "panel", "aria-label": help, ...(innerWidth < SHEET ? {} : { popover: "manual" }) },
    put("div", { class: "all", lang, dir },
      put("div", { class: "header" }, put("span", { class: "name" }), close),
      put("div", { class: "body" }, put("div", { class: "screen home" },
        put("div", { class: "ask" },
          put(/^[1-6]$/.test(host.headingLevel) ? "h" + host.headingLevel : "h2", { class: "greeting" }, greeting),
          put("div", { class: "field" }, icon("M9 15A6 6 0 1 0 9 3a6 6 0 0 0 0 12Zm4.3-1.7L17 17"), field)),
        put("p", { class: "quiet-text", role: "status" }, loading)))));
  const inner = put("div", { class: "place" });
  place.replaceChildren(inner, panel);

  // What was pressed since the last letter.
  let keys = [], composed;
  const show = (dialog, field) => {
    if (dialog.hasAttribute("popover")) dialog.showPopover?.();
    else dialog.showModal();
    dialog.open = true;
    field?.focus();
  };
  const leave = () => host.close();
  close.onclick = leave;
  panel.oncancel = (event) => {
    event.preventDefault();
    leave();
  };
  panel.onkeydown = (event) => {
    const { key, target } = event;
    if (event.isComposing) return;
    if (key === "Escape") leave();
    if (target === field && /^(Arrow(Up|Down)|Enter|Tab)$/.test(key) && !event.shiftKey) {
      keys.push(key);
      // What comes next is on its way.
      event.preventDefault();
    }
  };
  // What could not be loaded does not take the words with it: the page's link shows them.
  field.oninput = () => {
    host.words = field.value;
    keys = [];
  };
  field.addEventListener("compositionstart", () => {
    composed = new Promise((resolve) => {
      field.addEventListener("compositionend", resolve, { once: true });
      setTimeout(resolve, COMPOSED);
    });
  });

  // The program's panel is there and takes over in one go, so that there are never two.
  const look = () => {
    const there = inner.firstElementChild;
    // It failed, or the element was taken out: all of this is gone.
    if (!inner.isConnected) return end();
    if (!there) {
      if (!host.hasAttribute("open")) {
        panel.remove();
        opener.focus();
      } else if (!panel.isConnected) {
        place.append(panel);
        show(panel, field);
      }
      return;
    }
    const next = there.querySelector(".search");
    if (next && next.value !== field.value) {
      next.value = field.value;
      next.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
    }
    if (!there.open) show(there, next);
    // It has made its entrance.
    for (const animation of there.getAnimations({ subtree: true })) animation.finish();
    next?.setSelectionRange(field.selectionStart, field.selectionEnd);
    // After the program has moved the focus, which it does once it has drawn.
    if (next) setTimeout(() => keys.forEach((key) => {
      const stops = [...there.querySelectorAll("button,input")];
      if (key === "Tab") stops[stops.indexOf(root.activeElement) + 1]?.focus();
      else next.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true }));
    }));
    end();
  };
  const end = () => {
    observer.disconnect();
    host.words = "";
    panel.remove();
  };
  const observer = new MutationObserver(look);
  observer.observe(inner, { childList: true });
  observer.observe(host, { attributeFilter: ["open"] });
  show(panel, field);
  return { inner, opener, panel, field, end, calm: () => composed };
};
