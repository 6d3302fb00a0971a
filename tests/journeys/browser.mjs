// Starts Chromium once a test file and hands out pages that watch themselves: an error on the
// console or an exception in the page fails the test that caused it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Where the demo is served. */
export const BASE = (process.env.UNSTUCK_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "");
/** The browser, and how it is started: also as root and without a screen. */
export const EXECUTABLE = process.env.UNSTUCK_CHROMIUM ?? "/usr/bin/chromium";
export const ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
/** How long anything on a page may take before a test gives up. */
export const PATIENCE = 30_000;

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

let browser;

/** Call it once at the top of a test file. */
export function inBrowser() {
  before(async () => {
    browser = await chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
  });
  after(() => browser?.close());
}

/**
 * A test with a page of its own. `options` go to the browser context (`viewport`, `colorScheme`, …);
 * `faults: true` allows errors on the console, for tests that break things on purpose.
 */
export function journey(name, options, run) {
  test(name, { timeout: 120_000 }, async () => {
    const { faults = false, axe = false, ...rest } = options;
    const context = await browser.newContext({
      viewport: DESKTOP,
      locale: "en-GB",
      timezoneId: "Europe/Berlin",
      reducedMotion: "reduce",
      ...rest,
    });
    context.setDefaultTimeout(PATIENCE);
    if (axe) await context.addInitScript({ content: AXE });
    const page = await context.newPage();
    const errors = [];
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => errors.push(`page: ${error.message}`));
    try {
      await run(page, context);
      if (!faults) assert.deepEqual(errors, [], "the page reports errors");
    } catch (error) {
      if (errors.length > 0) error.message += `\nThe page reported:\n${errors.join("\n")}`;
      throw error;
    } finally {
      await context.close();
    }
  });
}

/** Asks again until the answer is true, for what no locator can wait for. */
export async function until(what, ask) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    if (await ask()) return;
    if (Date.now() > end) assert.fail(`waited in vain: ${what}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

/** axe-core finds nothing on the whole page, shadow roots included. Needs the option `axe`. */
export async function nothingFoundByAxe(page, screen) {
  const violations = await page.evaluate(async () => {
    const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}\n    ${nodes.map((node) => `${node.target.flat().join(" ")} — ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`).join("\n    ")}`);
  });
  assert.equal(violations.length, 0, `axe on ${screen}:\n  ${violations.join("\n  ")}`);
}
