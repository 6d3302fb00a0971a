// The loader: all that a page loads before someone wants help.
// It draws the launcher, defines the element, keeps calls until the rest is there, and shows the
// page's own link when the rest cannot come. Screens, search and storage live in the WebAssembly,
// what puts it into the page in `rest.js`.

const beside = (name) => new URL(name, import.meta.url);
const GLUE = "__UNSTUCK_GLUE__";
const WASM = "__UNSTUCK_WASM__";
const STRICT = "__UNSTUCK_STRICT__";
const PIN = "__UNSTUCK_PIN__";
// How the files end that hold the interface's texts: all languages but English, which is inside the
// WebAssembly.
const TEXTS = "__UNSTUCK_TEXTS__";
// The languages that there are, and what the launcher is called in them.
const HELP = { en: "Help", ar: "مساعدة", de: "Hilfe", es: "Ayuda", fr: "Aide", ja: "ヘルプ" };
// Each is a property too, by its name in camel case.
const ATTRIBUTES = ("kb kb-locales mode open article locale theme status status-format contact-endpoint contact-format " +
  "contact-credentials plan route preload heading-level hotkey integrity config").split(" ");
// The first five wait until the rest is loaded for another reason; the others load it.
const METHODS = "configure setContext setStatus registerProbe suggest search show contact reset".split(" ");
const WAIT = 10000;

const sheet = new CSSStyleSheet();
sheet.replaceSync("__UNSTUCK_LAUNCHER__");

// A file as text or bytes.
const get = (url, form) => fetch(url, { signal: AbortSignal.timeout(WAIT) })
  .then((answer) => answer.ok ? answer[form]() : Promise.reject(url + ": " + answer.status));

const draw = (name, attributes, ...children) => {
  const node = document.createElement(name);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  node.append(...children);
  return node;
};

// The file that checks all others is itself checked by the browser; `import` takes what was checked.
// A link, because a script's address is refused under trusted types; Apple's looks at the hash of a
// script alone (docs/decisions/embedding.md).
const strict = () => new Promise((onload, fail) => document.head.append(Object.assign(
  draw(navigator.vendor[0] === "A" ? "script" : "link", { rel: "modulepreload", type: "module", integrity: PIN, href: beside(STRICT), src: beside(STRICT) }),
  { onload, onerror() { fail("a hash is wrong"); } },
))).then(() => import(STRICT));

// The page's modal dialog on top, if there is one.
let modal;
const all = () => [...document.querySelectorAll("unstuck-help")];

class UnstuckHelp extends HTMLElement {
  static observedAttributes = ATTRIBUTES;
  #calls = [];
  #loading;
  #instance;
  #warmed;
  #seen;
  #fallback;
  #told;
  #place;
  #launcher;
  ready = new Promise((resolve) => { this.#told = resolve; });

  // A root without a slot hides the page's link, a height is reserved: nothing jumps once the rest is drawn.
  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
  }

  connectedCallback() {
    // What was set before the upgrade hides the properties: it is set once more.
    for (const name of Object.keys(this)) {
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
    // A task of its own, so that the page's first one stays short.
    setTimeout(() => this.isConnected && this.#wake());
  }

  #wake() {
    const pending = this.#pending();
    this.#dress();
    if (pending === "open") this.setAttribute("open", "");
    if (this.hasAttribute("open")) this.#begin();
    else if (this.mode === "inline") {
      this.#seen = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.#begin(), { rootMargin: "200px" });
      this.#seen.observe(this);
    } else if (pending || this.preload === "idle") (window.requestIdleCallback || setTimeout)(() => this.#begin());
    waiting.splice(0).forEach(push);
  }

  disconnectedCallback() {
    this.#seen?.disconnect();
    // A move in the page disconnects and connects again in one go: only a real removal ends it.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  #end() {
    this.#loading = this.#warmed = undefined;
    this.#instance?.destroy();
    this.#instance = undefined;
    this.#place?.replaceChildren();
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.#launcher || !this.isConnected) return;
    this.#dress();
    if (/^kb|^loc/.test(name)) {
      // Another language or knowledge base: the widget begins anew.
      const again = this.#loading;
      this.#end();
      if (again) this.#begin();
    }
    if (name === "open") {
      if (now !== null) this.#begin();
      else this.#fallback?.remove();
    }
    this.#instance?.attribute(name, now ?? undefined);
  }

  // Behind a modal dialog of the page nothing of ours can be used: it waits, hidden.
  static veil() {
    modal = document.querySelector("dialog:modal");
    for (const widget of all()) widget.#dress();
    // Whether an open one is taken out is watched while there is one; it costs something.
    veils.observe(document, { subtree: true, attributeFilter: ["open"], childList: !!modal });
  }

  #dress() {
    if (!this.#launcher) {
      this.shadowRoot.append(
        this.#launcher = draw("button", { class: "launcher", part: "launcher" }, "Help", draw("span", { class: "mark" })),
        this.#place = draw("div", { class: "place" }),
      );
      this.#launcher.onclick = () => this.toggle();
      // A finger enters, too.
      this.#launcher.onpointerenter = this.#launcher.onfocus = () => this.#warm();
    }
    const behind = modal && this.getRootNode() === document && !modal.contains(this);
    this.#place.hidden = behind && !/inline/.test(this.mode);
    this.#launcher.hidden = behind || this.off || /inline|panel/.test(this.mode);
    this.#launcher.ariaExpanded = this.hasAttribute("open");
    const language = this.#launcher.lang = this.#best(Object.keys(HELP));
    this.#launcher.firstChild.data = HELP[language];
    return language;
  }

  // Of the languages that there are, the reader's: as the element says, else the page, else the browser.
  #best(there) {
    const wanted = [this.locale || document.documentElement.lang || navigator.languages].flat();
    return wanted.flatMap((tag) => [tag, tag.split("-")[0]]).find((tag) => there.includes(tag)) || there[0];
  }

  // The one small record that tells what must survive: "open" after a deep link; for a wait the
  // time (13 digits) with the words for then, in the language that it was started in.
  #pending() {
    try {
      const key = "unstuck-pending:" + this.kb.split("/").pop().split(".")[0];
      const record = localStorage.getItem(key);
      // A person may hide the button for a day; what waits for them brings it back.
      this.off = localStorage[key + ":off"] > Date.now();
      if (record === "open") localStorage.removeItem(key);
      else if (Date.now() >= parseInt(record)) this.mark(record.slice(13));
      return record;
    } catch { return null; }
  }

  // The words have a place of their own on screen, so that a name made of both would have a blank before the comma.
  mark(words) {
    if (words) this.off = 0;
    this.#dress();
    this.#launcher.ariaLabel = (this.#launcher.lastChild.textContent = words) ? this.#launcher.firstChild.data + words : null;
  }

  #warm() {
    const language = this.#dress();
    return (this.#warmed ??= [
      this.integrity ? strict() : import(GLUE),
      fetch(beside(WASM)),
      get((this.kb || "").replace("{locale}", this.#best((this.kbLocales || "en").split(" "))), "arrayBuffer"),
      language !== "en" && get(beside("unstuck-" + language + TEXTS), "text").catch(() => {}),
    ]);
  }

  #begin() {
    return (this.#loading ??= this.#load().catch((error) => {
      this.#loading = this.#warmed = undefined;
      this.fail(error, this.words);
    }));
  }

  async #load() {
    const warm = this.#warm();
    const [glue, ...others] = warm;
    const late = new Promise((_, reject) => setTimeout(reject, WAIT, "no answer for 10 s"));
    const mount = await Promise.race([glue.then((module) => module.ready(...others, this)), late]);
    // Meanwhile the element has gone, or wants another language.
    if (warm !== this.#warmed) return;
    this.#fallback?.remove();
    this.#instance = mount(this, this.#place, ATTRIBUTES, this.#calls.splice(0));
    this.#told(this);
    this.#tell("ready");
  }

  // Also called when the program broke later on: then with what the person had written. The words on
  // screen are the page's, in its language; why it is so is said to a page that wrote none.
  fail(error, words) {
    const message = error.message ?? error;
    this.#instance = undefined;
    this.#place.replaceChildren();
    this.#fallback?.remove();
    this.#fallback = draw("div", { class: "fallback", role: "alert" }, draw("p", 0, words || this.#launcher.firstChild.data), draw("slot", 0, message));
    this.shadowRoot.append(this.#fallback);
    this.#tell("error", { code: "load", message });
  }

  #tell(name, detail) { this.dispatchEvent(new CustomEvent("unstuck-" + name, { bubbles: true, composed: true, detail })); }

  async open() { this.setAttribute("open", ""); await this.#begin(); }
  async close() { this.removeAttribute("open"); }
  async toggle() { this.toggleAttribute("open"); }

  async later(name, args) {
    if (!this.#instance && METHODS.indexOf(name) < 5) return void this.#calls.push([name, args]);
    await this.#begin();
    return this.#instance?.call(name, args);
  }
}

const own = UnstuckHelp.prototype;
for (const name of METHODS) own[name] = function (...args) { return this.later(name, args); };
for (const name of ATTRIBUTES) {
  const key = name.replace(/-./g, (dash) => dash[1].toUpperCase());
  // `open` is a method to those who read it, an attribute to a framework that sets it.
  const method = own[key];
  Object.defineProperty(own, key, {
    get() { return method || this.getAttribute(name); },
    set(value) {
      if (value == null || value === false) this.removeAttribute(name);
      else this.setAttribute(name, value === true ? "" : Object(value) === value ? JSON.stringify(value) : value);
    },
  });
}

const push = (call) => {
  const widget = all()[0], [name, ...args] = call;
  // Not before those that wait already.
  if (widget && !waiting[0]) widget[name]?.(...args);
  else waiting.push(call);
};
const waiting = [];
const queued = window.unstuck;
const veils = new MutationObserver(UnstuckHelp.veil);

// A second copy of this file leaves the page to the first.
if (!customElements.get("unstuck-help")) {
  window.unstuck = { push };
  customElements.define("unstuck-help", UnstuckHelp);
  setTimeout(UnstuckHelp.veil);
  queued?.forEach?.(push);

  document.addEventListener("click", (event) => {
    const trigger = event.composedPath().find(({ dataset }) => dataset?.unstuckArticle || dataset?.unstuckSearch);
    if (!trigger) return;
    const { unstuckFor, unstuckArticle, unstuckSearch } = trigger.dataset;
    const widgets = all();
    const widget = unstuckFor ? document.getElementById(unstuckFor)
      : widgets.find((each) => unstuckArticle && each.kb?.includes(unstuckArticle.split("/")[0] + ".")) || widgets[0];
    if (!widget?.later) return;
    event.preventDefault();
    unstuckArticle ? widget.show(unstuckArticle) : widget.search(unstuckSearch);
  });

  // The shortcut that the host asks for: with a modifier, and not while someone types.
  document.addEventListener("keydown", (event) => {
    const target = event.composedPath()[0];
    for (const widget of all()) {
      const keys = (widget.hotkey || "").split("+"), key = keys.pop();
      if (keys[0] && event.key?.toLowerCase() === key.toLowerCase() && keys.every((each) => event.getModifierState(each)) && !target.isContentEditable && !/input|textarea|select/.test(target.localName)) {
        event.preventDefault();
        widget.toggle();
      }
    }
  });
}
