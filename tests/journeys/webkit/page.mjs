// The part of Playwright's Page that the journeys use, for WebKit: each call becomes WebDriver
// commands (real keys, a real pointer) or a look into the page by inside.js. What it cannot do
// throws `Unsupported`, which counts as a skipped test, never as a passed one.

import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { input } from "./input.mjs";
import { Locator, POLL, pause } from "./locator.mjs";
import { pattern } from "./proxy.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const INSIDE = readFileSync(new URL("inside.js", import.meta.url), "utf8");

/** What this engine's driver cannot do. */
export class Unsupported extends Error {}

class Page extends EventEmitter {
  #driver;
  #own;
  #seen;
  #href = "about:blank";
  #looking = false;

  constructor(driver, own, seen) {
    super();
    this.#driver = driver;
    this.#own = own;
    this.#seen = seen;
    this.patience = 30_000;
    Object.assign(this, input(driver));
    own.traffic.scripts.push(AXE, INSIDE);
    own.traffic.listeners.add((request) => {
      // Tests know the page by the address of the server behind the proxy.
      const url = () => request.url().replace(own.origin, seen);
      const known = { get: (_, name) => (name === "url" ? url : request[name]?.bind?.(request) ?? request[name]) };
      if (request.url().startsWith(own.origin)) this.emit("request", new Proxy(request, known));
    });
    this.root = new Locator(this, []);
  }

  getByRole(role, options) {
    return this.root.getByRole(role, options);
  }
  getByText(text, options) {
    return this.root.getByText(text, options);
  }
  locator(css) {
    return this.root.locator(css);
  }

  /** Runs `look(found, arg, inside)` in the page, on the elements to which `steps` lead. */
  async inside(look, { steps = [], arg } = {}) {
    const script = `
      const inside = window.__journey;
      if (!inside || document.readyState === "loading") return null;
      const answer = { href: location.href };
      try {
        const value = (${look})(${steps.length > 0 ? "inside.find(arguments[0])" : "undefined"}, arguments[1], inside);
        if (value?.value instanceof Promise) answer.pending = [inside.wait(value.value), "value"];
        else if (value instanceof Promise) answer.pending = [inside.wait(value)];
        else answer.value = value;
      } catch (error) {
        answer.failure = String(error) + "\\n" + error.stack;
      }
      answer.errors = inside.errors.splice(0);
      return JSON.stringify(answer);`;
    const end = Date.now() + this.patience;
    for (;;) {
      // Between two pages there is none to look into.
      const text = await this.#driver.run(script, steps, arg ?? null).catch((error) => {
        if (Date.now() > end) throw error;
        return null;
      });
      if (text !== null) {
        const { href, value, failure, errors, pending } = JSON.parse(text);
        this.#href = href;
        for (const error of errors) this.#tell(error);
        if (failure) throw new Error(failure);
        if (!pending) return value;
        const settled = await this.#settled(pending[0]);
        return pending[1] ? { value: settled } : settled;
      }
      if (Date.now() > end) throw new Error("the page never finished loading");
      await pause(POLL);
    }
  }

  async #settled(id) {
    for (;;) {
      const { done, value, failure } = await this.inside("(found, id, inside) => inside.pending.get(id)", { arg: id });
      if (failure) throw new Error(failure);
      if (done) return value;
      await pause(POLL);
    }
  }

  #tell(error) {
    const [, kind, message] = /^(console|page): ([^]*)$/.exec(error);
    if (kind === "console") this.emit("console", { type: () => "error", text: () => message });
    else this.emit("pageerror", new Error(message));
  }

  evaluate(look, arg) {
    return this.inside(`(found, arg) => ${typeof look === "function" ? `(${look})(arg)` : `(${look})`}`, { arg });
  }

  async goto(url, { waitUntil = "load" } = {}) {
    await this.#driver.command("POST", "/url", { url: url.replace(this.#seen, this.#own.origin) });
    await this.#arrived(waitUntil);
  }
  async reload() {
    await this.#driver.command("POST", "/refresh");
    await this.#arrived();
  }
  async goBack() {
    await this.#driver.command("POST", "/back");
    await this.#arrived();
  }
  async #arrived(waitUntil) {
    await this.inside("() => 0");
    const { traffic } = this.#own;
    while (waitUntil === "networkidle" && (traffic.open > 0 || Date.now() - traffic.quietSince < 500)) await pause(POLL);
  }

  /** The address as of the last look; each call starts the next one. */
  url() {
    if (!this.#looking) {
      this.#looking = true;
      this.inside("() => 0").catch(() => {}).finally(() => {
        this.#looking = false;
      });
    }
    return this.#href.replace(this.#own.origin, this.#seen);
  }
  async waitForURL(wanted) {
    const matches = pattern(wanted);
    const end = Date.now() + this.patience;
    while (!matches(this.url())) {
      if (Date.now() > end) assert.fail(`still at ${this.url()} instead of ${wanted}`);
      await pause(POLL);
    }
  }

  async route(wanted, handler) {
    this.#own.traffic.routes.push({ wanted: String(wanted), matches: pattern(wanted), handler });
  }
  async unroute(wanted) {
    const { traffic } = this.#own;
    traffic.routes = traffic.routes.filter((route) => route.wanted !== String(wanted));
  }
  waitForRequest(wanted) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("the request was never made")), this.patience);
      const listen = (request) => {
        if (!wanted(request)) return;
        clearTimeout(timer);
        this.off("request", listen);
        resolve(request);
      };
      this.on("request", listen);
    });
  }
  async addInitScript(script, arg) {
    const text = typeof script === "function" ? `(${script})(${JSON.stringify(arg)})` : script.content;
    if (text !== AXE) this.#own.traffic.scripts.push(text);
  }

  waitForTimeout(time) {
    return pause(time);
  }

  /** Takes the picture once two frames have been drawn. */
  async screenshot({ path } = {}) {
    await this.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(true)))));
    const png = Buffer.from(await this.#driver.command("GET", "/screenshot"), "base64");
    if (path) writeFileSync(path, png);
    return png;
  }

  waitForEvent(event) {
    throw new Unsupported(`WebDriver tells nothing of "${event}"`);
  }
  get clock() {
    throw new Unsupported("WebDriver cannot move a page's clock");
  }

  /** What went wrong last, and an empty page for the next test. */
  async leave() {
    await this.inside("() => 0").catch(() => {});
    for (const fault of this.#own.traffic.faults) this.#tell(fault);
    await this.#driver.command("POST", "/url", { url: "about:blank" });
  }
}

/** A context for one test: its page has an address of its own. `seen` is where tests believe it is. */
export async function openPage(driver, proxy, options) {
  await driver.resize(options.viewport);
  const own = proxy.add();
  own.traffic.bypassCSP = options.bypassCSP ?? false;
  const page = new Page(driver, own, proxy.origin);
  let given = false;
  return {
    setDefaultTimeout(time) {
      page.patience = time;
    },
    addInitScript: (script, arg) => page.addInitScript(script, arg),
    route: (wanted, handler) => page.route(wanted, handler),
    get clock() {
      return page.clock;
    },
    setOffline() {
      throw new Unsupported("WebDriver cannot take the network away");
    },
    async newPage() {
      if (given) throw new Unsupported("one window at a time");
      given = true;
      return page;
    },
    leave: () => page.leave(),
    async close() {
      await driver.command("POST", "/url", { url: "about:blank" });
    },
  };
}
