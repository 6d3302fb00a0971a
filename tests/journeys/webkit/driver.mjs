// Starts WebKitWebDriver on a screen of its own and speaks the WebDriver protocol with it. What a
// page is and does stands in page.mjs.

import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How long the screen and the driver may take to answer for the first time. */
const START = 20_000;

const pause = (time) => new Promise((resume) => setTimeout(resume, time));

/** A port that was free a moment ago. */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** A screen that no one sees. Xvfb picks a free number and tells it on its third stream. */
async function screen() {
  const program = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1400x1000x24", "-nolisten", "tcp"], { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  const number = await new Promise((resolve, reject) => {
    program.once("error", reject);
    program.once("exit", (code) => reject(new Error(`Xvfb ended with ${code} before it was ready`)));
    program.stdio[3].once("data", (data) => resolve(String(data).trim()));
  });
  return { program, name: `:${number}` };
}

/** One running WebKit window. Commands go one after another: the driver takes no two at a time. */
export class Driver {
  #base;
  #session = "";
  #queue = Promise.resolve();
  #programs = [];
  #home;

  /** Starts everything. `look`: `colorScheme`, `reducedMotion` and `timezoneId` as Playwright names them. */
  static async start(look) {
    const driver = new Driver();
    try {
      await driver.#start(look);
      return driver;
    } catch (error) {
      await driver.close();
      throw error;
    }
  }

  async #start({ colorScheme, reducedMotion, timezoneId }) {
    this.#home = mkdtempSync(join(tmpdir(), "unstuck-webkit-"));
    mkdirSync(join(this.#home, "gtk-3.0"));
    writeFileSync(join(this.#home, "gtk-3.0/settings.ini"), `[Settings]\ngtk-enable-animations=${reducedMotion === "reduce" ? 0 : 1}\n`);
    const { program, name } = await screen();
    this.#programs.push(program);
    const port = await freePort();
    this.#base = `http://127.0.0.1:${port}`;
    const env = {
      ...process.env,
      DISPLAY: name,
      GDK_BACKEND: "x11",
      GTK_THEME: colorScheme === "dark" ? "Adwaita:dark" : "Adwaita",
      LC_ALL: "C.UTF-8",
      TZ: timezoneId,
      XDG_CONFIG_HOME: this.#home,
      // Containers refuse the sandbox's user namespaces, and what is shown is our own.
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
    };
    this.#programs.push(spawn("WebKitWebDriver", ["-p", String(port)], { env, stdio: "ignore" }));
    const end = Date.now() + START;
    for (;;) {
      const ready = await fetch(`${this.#base}/status`).then((answer) => answer.ok, () => false);
      if (ready) break;
      if (Date.now() > end) throw new Error("WebKitWebDriver does not answer");
      await pause(50);
    }
    // Without the bars of a window, which are not WebKit's but MiniBrowser's.
    const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { args: ["--automation", "--full-screen"] } } };
    this.#session = (await this.#send("POST", "/session", { capabilities })).sessionId;
  }

  async #send(method, path, body) {
    const answer = await fetch(this.#base + path, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`WebKit: ${value.error}: ${value.message}`.slice(0, 2000));
    return value;
  }

  /** A command of the session, after those that were given before. */
  command(method, path, body = method === "POST" ? {} : undefined) {
    const sent = this.#queue.then(() => this.#send(method, `/session/${this.#session}${path}`, body));
    this.#queue = sent.catch(() => {});
    return sent;
  }

  /** Runs the body of a function in the page. */
  run(script, ...args) {
    return this.command("POST", "/execute/sync", { script, args });
  }

  /** Gives the page exactly this room. The window may need more than it, so it is measured. */
  async resize({ width, height }) {
    await this.command("POST", "/window/rect", { x: 0, y: 0, width, height });
    const end = Date.now() + 5_000;
    for (;;) {
      const is = await this.run("return [innerWidth, innerHeight]");
      if (is[0] === width && is[1] === height) return;
      if (Date.now() > end) throw new Error(`the window is ${is.join(" × ")} instead of ${width} × ${height}`);
      await pause(50);
    }
  }

  /** Ends the window, the driver and the screen. */
  async close() {
    if (this.#session) await this.command("DELETE", "").catch(() => {});
    for (const program of this.#programs.reverse()) {
      program.removeAllListeners("exit");
      program.kill();
    }
    if (this.#home) rmSync(this.#home, { recursive: true, force: true });
  }
}
