// Playwright's Locator for WebKit, as far as the journeys use it: a way to elements as steps that
// inside.js goes, and what is done with the one element there. Pages and input stand beside it.

import assert from "node:assert/strict";

/** Milliseconds between two looks. */
export const POLL = 40;
export const pause = (time) => new Promise((resume) => setTimeout(resume, time));
const asked = (text) => (text instanceof RegExp ? { source: text.source, flags: text.flags } : { text });

export class Locator {
  #page;
  #steps;
  constructor(page, steps) {
    this.#page = page;
    this.#steps = steps;
  }

  #then(step) {
    return new Locator(this.#page, [...this.#steps, step]);
  }
  getByRole(role, { name, exact = false, level } = {}) {
    return this.#then({ kind: "role", role, name: name === undefined ? undefined : asked(name), exact, level });
  }
  getByText(text, { exact = false } = {}) {
    return this.#then({ kind: "text", asked: asked(text), exact });
  }
  locator(css) {
    return this.#then({ kind: "css", css });
  }
  nth(index) {
    return this.#then({ kind: "nth", index });
  }
  first() {
    return this.nth(0);
  }
  last() {
    return this.nth(-1);
  }
  filter({ hasText, has }) {
    if (has) return this.#then({ kind: "has", steps: has.#steps });
    return this.#then({ kind: "hasText", asked: asked(hasText) });
  }
  or(other) {
    return this.#then({ kind: "or", steps: other.#steps });
  }

  /** What `look` makes of the elements that are there now. */
  #now(look, arg) {
    return this.#page.inside(look, { steps: this.#steps, arg });
  }

  /**
   * Asks until `look(element, { arg }, inside)` of the one element answers with a `value`; a `why`
   * is told when time is over.
   */
  async #one(look, arg, timeout = this.#page.patience) {
    const end = Date.now() + timeout;
    for (;;) {
      const { value, why, count } = await this.#now(
        `(found, given, inside) => found.length === 1 ? (${look})(found[0], given, inside) : { count: found.length }`,
        { arg },
      );
      if (count > 1) assert.fail(`${count} elements instead of one: ${this}`);
      if (why === undefined && count === undefined) return value;
      if (Date.now() > end) assert.fail(`${why ?? "it is not there"}: ${this}`);
      await pause(POLL);
    }
  }

  toString() {
    return this.#steps.map((step) => JSON.stringify(step)).join(" → ");
  }

  count() {
    return this.#now("(found) => found.length");
  }
  isVisible() {
    return this.#now("(found, arg, inside) => found.length === 1 && inside.isVisible(found[0])");
  }
  async all() {
    return Array.from({ length: await this.count() }, (_, index) => this.nth(index));
  }
  allInnerTexts() {
    return this.#now("(found) => found.map((element) => element.innerText)");
  }

  async waitFor({ state = "visible", timeout = this.#page.patience } = {}) {
    const end = Date.now() + timeout;
    for (;;) {
      const [count, visible] = await this.#now("(found, arg, inside) => [found.length, found.filter(inside.isVisible).length]");
      if (count > 1 && state !== "detached") assert.fail(`${count} elements instead of one: ${this}`);
      if ({ visible: visible === 1, hidden: visible === 0, attached: count === 1, detached: count === 0 }[state]) return;
      if (Date.now() > end) assert.fail(`not ${state} after ${timeout} ms: ${this}`);
      await pause(POLL);
    }
  }

  evaluate(look, arg) {
    return this.#one(`(element, { arg }) => ({ value: (${look})(element, arg) })`, arg);
  }
  getAttribute(name) {
    return this.#one("(element, { arg }) => ({ value: element.getAttribute(arg) })", name);
  }
  innerText() {
    return this.#one("(element) => ({ value: element.innerText })");
  }
  textContent() {
    return this.#one("(element) => ({ value: element.textContent })");
  }
  inputValue() {
    return this.#one("(element) => ({ value: element.value })");
  }
  isChecked() {
    return this.#one("(element) => ({ value: element.checked ?? element.getAttribute('aria-checked') === 'true' })");
  }
  boundingBox() {
    return this.#one("(element, given, inside) => { const { x, y, width, height } = element.getBoundingClientRect(); const by = inside.zoom(element); return { value: { x: x * by, y: y * by, width: width * by, height: height * by } }; }");
  }
  async scrollIntoViewIfNeeded() {
    await this.#one("(element) => { element.scrollIntoView({ block: 'center', behavior: 'instant' }); return {}; }");
  }
  async focus() {
    await this.#one("(element) => { element.focus(); return {}; }");
  }
  async blur() {
    await this.#one("(element) => { element.blur(); return {}; }");
  }
  async dispatchEvent(type, init = {}) {
    await this.#one("(element, { arg }) => { element.dispatchEvent(new Event(arg.type, { bubbles: true, composed: true, cancelable: true, ...arg.init })); return {}; }", { type, init });
  }

  async click() {
    const look = "(element, given, inside) => { const { why, ...value } = inside.takeAim(element); return { why, value }; }";
    const end = Date.now() + this.#page.patience;
    for (;;) {
      // What still moves is not pressed: the point must be the same on two looks.
      const { x, y } = await this.#one(look);
      const again = await this.#one(look);
      if (x === again.x && y === again.y) {
        await this.#page.mouse.click(x, y);
        if (!(await this.#page.inside("(found, given, inside) => inside.missed()"))) return;
      }
      if (Date.now() > end) assert.fail(`it never stood still: ${this}`);
    }
  }
  /** A mouse has no finger: it presses as `click` does. */
  tap() {
    return this.click();
  }
  async check() {
    if (!(await this.isChecked())) await this.click();
    assert.ok(await this.isChecked(), `it did not become checked: ${this}`);
  }

  /** Replaces the whole text, as one input. */
  async fill(text) {
    await this.#one(
      `(element, { arg }, inside) => {
        if (!inside.isVisible(element) || element.disabled || element.readOnly) return { why: "it cannot be written in" };
        element.focus();
        element.select();
        if (arg !== "") document.execCommand("insertText", false, arg);
        else if (element.value !== "") document.execCommand("delete");
        return { value: element.value };
      }`,
      text,
    );
  }
  async press(key) {
    await this.focus();
    await this.#page.keyboard.press(key);
  }
  async pressSequentially(text) {
    await this.focus();
    await this.#page.keyboard.type(text);
  }
}
