// The loader: all that a page loads before someone wants help.
// It draws the launcher, defines the element, keeps calls until the rest is there, and shows the
// page's own link when the rest cannot come. Screens, search and storage live in the WebAssembly.

const beside = (name) => new URL(name, import.meta.url);
const GLUE = "__UNSTUCK_GLUE__";
const WASM = "__UNSTUCK_WASM__";
// Articles, guides and the handover: fetched once the panel is open and someone uses it.
const DEPTH = "__UNSTUCK_DEPTH__";
// How the files end that hold the interface's texts: all languages but English, which is inside the
// WebAssembly.
const TEXTS = "__UNSTUCK_TEXTS__";
// The languages that there are, and what the launcher is called in them.
const HELP = { en: "Help", ar: "مساعدة", de: "Hilfe", es: "Ayuda", fr: "Aide", ja: "ヘルプ" };
const ATTRIBUTES = ["kb", "kb-locales", "mode", "open", "article", "locale", "theme", "status", "status-format",
  "contact-endpoint", "contact-format", "contact-credentials", "plan", "route", "heading-level", "config"];
// These wait until the rest is loaded for another reason; the others load it.
const PASSIVE = ["configure", "setContext", "setStatus", "registerProbe", "suggest"];
const ACTIVE = ["search", "show", "contact", "reset"];
const WAIT = 10000;
// After so long with an open panel the second file is fetched even if nothing was touched.
const CALM = 3000;

// What the wasm shares with its second file, and that file on its way.
let shared, deep;

const sheet = new CSSStyleSheet();
sheet.replaceSync("__UNSTUCK_LAUNCHER__");

// A file as text or bytes.
const get = (url, form) => fetch(url, { signal: AbortSignal.timeout(WAIT) })
  .then((answer) => answer.ok ? answer[form]() : Promise.reject(new Error(url + " answered " + answer.status)));

const draw = (name, attributes, ...children) => {
  const node = document.createElementNS(/svg|path/.test(name) ? "http://www.w3.org/2000/svg" : "http://www.w3.org/1999/xhtml", name);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  node.append(...children);
  return node;
};

class UnstuckHelp extends HTMLElement {
  static observedAttributes = ATTRIBUTES;
  #calls = [];
  #loading;
  #instance;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [sheet];
    this.ready = new Promise((resolve) => { this.#told = resolve; });
    this.place = draw("div", { class: "place" });
    this.launcher = draw("button", { class: "launcher", part: "launcher", type: "button", "aria-expanded": "false", hidden: "" },
      draw("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, draw("path", { d: "M10 17.5a7.5 7.5 0 1 0 0-15 7.5 7.5 0 0 0 0 15ZM7.8 7.8A2.25 2.25 0 1 1 10 10.7v.8m0 2.6v.1" })),
      "Help", draw("span", { class: "mark" }));
    this.launcher.onclick = () => this.toggleAttribute("open");
    for (const sign of ["pointerenter", "focus", "touchstart"]) this.launcher.addEventListener(sign, () => this.#warm(), { passive: true });
    shadow.append(this.launcher, this.place);
  }
  #told;

  get mode() { return this.getAttribute("mode") || "launcher"; }

  connectedCallback() {
    this.launcher.hidden = this.mode !== "launcher";
    const pending = this.#pending();
    if (pending === "open" || this.hasAttribute("open")) this.setAttribute("open", "");
    else if (this.mode === "inline") {
      this.seen = new IntersectionObserver((entries) => { if (entries.some((entry) => entry.isIntersecting)) this.#begin(); }, { rootMargin: "200px" });
      this.seen.observe(this);
    } else if (pending || this.getAttribute("preload") === "idle") (window.requestIdleCallback || setTimeout)(() => this.#begin());
  }

  disconnectedCallback() {
    this.seen?.disconnect();
    // A move in the page disconnects and connects again in one go: only a real removal ends it.
    queueMicrotask(() => {
      if (!this.isConnected) this.#end();
    });
  }

  #end() {
    this.#loading = this.warmed = undefined;
    this.#instance?.destroy();
    this.#instance = undefined;
  }

  attributeChangedCallback(name, before, now) {
    if (before === now) return;
    if (/^kb|^loc/.test(name)) {
      // Another language or knowledge base: the widget begins anew.
      const again = this.#loading;
      this.#end();
      this.#speak();
      if (again) this.#begin();
    }
    if (name === "mode") this.launcher.hidden = this.mode !== "launcher";
    if (name === "open") {
      this.launcher.setAttribute("aria-expanded", now !== null);
      if (now !== null) {
        this.opener = this.shadowRoot.activeElement || document.activeElement;
        this.#begin();
      } else {
        this.fallback?.remove();
        // The focus goes back to what opened the panel, unless the person has moved on.
        if (this.shadowRoot.activeElement) (this.opener?.isConnected && this.opener !== document.body ? this.opener : this.launcher).focus();
      }
    }
    this.#instance?.attribute(name, now ?? undefined);
  }

  // The one small record that tells what must survive: "open" after a deep link; for a wait the
  // time (13 digits) with the words for then, in the language that it was started in.
  #pending() {
    try {
      const key = "unstuck-pending:" + this.#product();
      const record = localStorage.getItem(key);
      if (record === "open") localStorage.removeItem(key);
      else if (record && Date.now() >= parseInt(record)) this.mark(record.slice(13));
      return record;
    } catch { return null; }
  }

  #product() { return (this.getAttribute("kb") || "").split("/").pop().split(".")[0]; }

  // The words have a place of their own on screen, so that a name made of both would have a blank before the comma.
  mark(words) { this.launcher.ariaLabel = (this.launcher.lastChild.textContent = words) ? this.launcher.childNodes[1].data + words : null; }

  // Of the languages that there are, the reader's: as the element says, else the page, else the browser.
  #best(there) {
    const wanted = [this.getAttribute("locale") || document.documentElement.lang || navigator.languages].flat();
    return wanted.flatMap((tag) => [tag, tag.split("-")[0]]).find((tag) => there.includes(tag)) || there[0];
  }

  #speak() {
    const language = this.launcher.lang = this.#best(Object.keys(HELP));
    this.launcher.childNodes[1].data = HELP[language];
    return language;
  }

  #warm() {
    const language = this.#speak();
    const kb = this.getAttribute("kb") || "";
    return (this.warmed ??= [
      import(GLUE), fetch(beside(WASM)),
      get(kb.replace("{locale}", this.#best((this.getAttribute("kb-locales") || "en").split(" "))), "arrayBuffer"),
      language !== "en" && get(beside("unstuck-" + language + TEXTS), "text").catch(() => {}),
    ]);
  }

  #begin() {
    return (this.#loading ??= this.#load().catch((error) => {
      this.#loading = this.warmed = undefined;
      this.#fail(error);
      throw error;
    })).catch(() => {});
  }

  async #load() {
    const warm = this.#warm();
    const [glue, wasm, bytes, texts] = warm;
    const late = new Promise((_, reject) => setTimeout(reject, WAIT, new Error("it took longer than 10 seconds")));
    const [module, buffer, words, exported] = await Promise.race([Promise.all([glue, bytes, texts, glue.then((module) => module.default({ module_or_path: wasm }))]), late]);
    // Meanwhile the element has gone, or wants another language.
    if (warm !== this.warmed) return;
    shared = { __wasm_split: exported };
    this.fallback?.remove();
    this.#instance = module.mount(this, this.place, new Uint8Array(buffer));
    if (words) this.#instance.attribute("texts", words);
    for (const name of ATTRIBUTES) if (this.hasAttribute(name)) this.#instance.attribute(name, this.getAttribute(name));
    for (const [name, args] of this.#calls.splice(0)) this.#instance.call(name, args);
    this.#instance.start();
    for (const sign of ["keydown", "pointerdown", "pointermove"]) this.place.addEventListener(sign, () => this.depth(), { once: true });
    setTimeout(() => this.depth(), CALM);
    this.#told(this);
    this.dispatchEvent(new CustomEvent("unstuck-ready", { bubbles: true, composed: true }));
    return this.#instance;
  }

  // Fetches the second file; when something waits for it (`asked`), a failure is told to the page too.
  async depth(asked) {
    try {
      await (deep ??= get(beside(DEPTH), "arrayBuffer").then((bytes) => WebAssembly.instantiate(bytes, shared)));
      this.#instance?.depth(true);
    } catch (error) {
      deep = undefined;
      this.#instance?.depth(false);
      if (asked) this.#tell(error);
    }
  }

  #fail(error) {
    const message = this.#tell(error);
    this.fallback?.remove();
    this.fallback = draw("div", { class: "fallback", role: "alert" }, draw("p", {}, "Help cannot be shown: " + message + ". Support can still be reached."), draw("slot", {}));
    this.shadowRoot.append(this.fallback);
  }

  #tell(error) {
    const message = String(error?.message ?? error);
    this.dispatchEvent(new CustomEvent("unstuck-error", { bubbles: true, composed: true, detail: { code: "load", message } }));
    return message;
  }

  async open() { this.setAttribute("open", ""); await this.#begin(); }
  async close() { this.removeAttribute("open"); }
  async toggle() { this.toggleAttribute("open"); }

  async later(name, args) {
    if (!this.#instance && PASSIVE.includes(name)) return void this.#calls.push([name, args]);
    await this.#begin();
    return this.#instance?.call(name, args);
  }
}

for (const name of [...PASSIVE, ...ACTIVE]) UnstuckHelp.prototype[name] = function (...args) { return this.later(name, args); };

customElements.get("unstuck-help") || customElements.define("unstuck-help", UnstuckHelp);

const all = () => [...document.querySelectorAll("unstuck-help")];
document.addEventListener("click", (event) => {
  const trigger = event.target.closest?.("[data-unstuck-article],[data-unstuck-search]");
  if (!trigger) return;
  const { unstuckFor, unstuckArticle, unstuckSearch } = trigger.dataset;
  const widgets = all();
  const widget = unstuckFor ? document.getElementById(unstuckFor)
    : widgets.find((each) => unstuckArticle && (each.getAttribute("kb") || "").includes(unstuckArticle.split("/")[0] + ".")) || widgets[0];
  if (!widget?.later) return;
  event.preventDefault();
  if (unstuckArticle) widget.show(unstuckArticle);
  else widget.search(unstuckSearch);
});

const push = ([name, ...args]) => { all()[0]?.[name]?.(...args); };
const waiting = Array.isArray(window.unstuck) ? window.unstuck : [];
window.unstuck = { push };
waiting.forEach(push);
