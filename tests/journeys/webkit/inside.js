// Runs in the page, before anything of the page's own: finds elements by role and name as
// assistive technology does, through shadow roots, and keeps what the page reports as wrong.
// Roles and names are computed by axe-core, which stands above this in the same script.

const errors = [];
const say = console.error;
console.error = (...args) => {
  errors.push(`console: ${args.map(String).join(" ")}`);
  say.apply(console, args);
};
addEventListener("error", (event) => errors.push(`page: ${event.message}`));
addEventListener("unhandledrejection", (event) => errors.push(`page: ${event.reason?.message ?? event.reason}`));
addEventListener("securitypolicyviolation", (event) => errors.push(`console: refused by ${event.violatedDirective}: ${event.blockedURI}`));

const tidy = (text) => text.replace(/[\u200b\u00ad]/g, "").trim().replace(/\s+/g, " ");

/** Whether `text` is what was asked for: a pattern, a whole text, or a part whatever its case. */
function fits(text, { source, flags, text: wanted }, exact) {
  if (source !== undefined) return new RegExp(source, flags).test(tidy(text));
  if (exact) return tidy(text) === tidy(wanted);
  return tidy(text).toLowerCase().includes(tidy(wanted).toLowerCase());
}

/** All elements below `root`, what is in shadow roots first. */
function below(root, out = []) {
  for (const part of [root.shadowRoot, root]) {
    for (const child of part?.children ?? []) {
      out.push(child);
      below(child, out);
    }
  }
  return out;
}

const MUTE = new Set(["SCRIPT", "STYLE", "NOSCRIPT", "HEAD", "TEMPLATE"]);

function textOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE && node.nodeType !== Node.DOCUMENT_FRAGMENT_NODE) return "";
  if (MUTE.has(node.nodeName)) return "";
  const parts = [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes];
  return parts.map(textOf).join("");
}

/** The smallest elements that hold the text, `root` among them. */
function holding(root, asked, exact) {
  return [root, ...below(root)].filter((element) => {
    if (element === document || MUTE.has(element.nodeName) || !fits(textOf(element), asked, exact)) return false;
    return ![...(element.shadowRoot?.children ?? []), ...element.children].some((child) => fits(textOf(child), asked, exact));
  });
}

function levelOf(element) {
  return Number(element.getAttribute("aria-level") ?? /^H([1-6])$/.exec(element.nodeName)?.[1]);
}

function byRole(root, { role, name, exact, level }) {
  const { aria, dom, text } = axe.commons;
  return below(root).filter((element) => {
    const node = axe.utils.getNodeFromTree(element);
    if (!node || aria.getRole(node) !== role || !dom.isVisibleToScreenReaders(node)) return false;
    if (level !== undefined && levelOf(element) !== level) return false;
    return name === undefined || fits(text.accessibleTextVirtual(node), name, exact);
  });
}

const STEPS = {
  role: (found, step) => found.flatMap((root) => byRole(root, step)),
  text: (found, { asked, exact }) => found.flatMap((root) => holding(root, asked, exact)),
  css: (found, { css }) => found.flatMap((root) => below(root).filter((element) => element.matches(css))),
  nth: (found, { index }) => found.slice(index, index + 1 || undefined),
  hasText: (found, { asked }) => found.filter((element) => fits(textOf(element), asked, false)),
  has: (found, { steps }) => found.filter((element) => walk(steps, [element]).length > 0),
  or: (found, { steps }) => [...found, ...walk(steps)],
};

/** Goes the steps from `start`. */
function walk(steps, start = [document]) {
  return steps.reduce((found, step) => STEPS[step.kind](found, step), start);
}

/** The elements to which these steps lead, each once. */
function find(steps) {
  const roles = JSON.stringify(steps).includes('"kind":"role"');
  if (roles) axe.setup(document.documentElement);
  try {
    return [...new Set(walk(steps))];
  } finally {
    if (roles) axe.teardown();
  }
}

function isVisible(element) {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility === "visible";
}

/** The element at a point, through shadow roots. */
function at(x, y) {
  let element = document.elementFromPoint(x, y);
  for (;;) {
    const inner = element?.shadowRoot?.elementFromPoint(x, y);
    if (!inner || inner === element) return element;
    element = inner;
  }
}

/** Whether a press on `hit` reaches `element`: it is inside, or its label. */
function reaches(hit, element) {
  for (let node = hit; node; node = node.parentNode ?? node.host) {
    if (node === element || node.control === element) return true;
  }
  return false;
}

/** How much larger than its own rectangles say an element is in the window: WebKit gives them as if
 * nothing around it had a `zoom`. */
function zoom(element) {
  let factor = 1;
  for (let node = element; node; node = node.parentElement ?? node.getRootNode().host) factor *= Number(getComputedStyle(node).zoom) || 1;
  return factor;
}

/** Where to press an element: a point of the window, or the reason why it cannot be pressed yet. */
function point(element) {
  if (!isVisible(element)) return { why: "it is not visible" };
  if (element.disabled || element.getAttribute("aria-disabled") === "true") return { why: "it is disabled" };
  const middle = () => {
    const box = element.getClientRects()[0] ?? element.getBoundingClientRect();
    const factor = zoom(element);
    return { x: Math.floor((box.left + box.width / 2) * factor), y: Math.floor((box.top + box.height / 2) * factor) };
  };
  let { x, y } = middle();
  if (!reaches(at(x, y), element)) {
    element.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    ({ x, y } = middle());
    const hit = at(x, y);
    if (!reaches(hit, element)) return { why: `${hit ? hit.outerHTML.slice(0, 200) : "nothing"} is in the way` };
  }
  return { x, y };
}

/** What is about to be pressed. Should something else have come into its place, nothing is. */
let aim;
for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
  addEventListener(
    type,
    (event) => {
      if (!aim || !event.isTrusted) return;
      aim.hit ??= reaches(event.composedPath()[0], aim.element);
      if (aim.hit) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
}

/** Where to press an element, from now on to be hit. */
function takeAim(element) {
  const where = point(element);
  aim = where.why ? undefined : { element };
  return where;
}

/** Whether the press missed; ends the aiming. */
function missed() {
  const was = aim;
  aim = undefined;
  return was?.hit === false;
}

/** Promises that a test waits for, by number. */
const pending = new Map();

function wait(promise) {
  const id = pending.size + 1;
  pending.set(id, {});
  promise.then(
    (value) => pending.set(id, { done: true, value }),
    (error) => pending.set(id, { done: true, failure: String(error?.stack ?? error) }),
  );
  return id;
}

window.__journey = { errors, find, isVisible, missed, pending, takeAim, wait, zoom };
