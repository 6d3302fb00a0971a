// Hands out pages that watch themselves: an error on the console or an exception in the page fails
// the test that caused it. Which browser they are in is the business of engines.mjs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, test } from "node:test";
import { createRequire } from "node:module";
import { closeBrowsers, isOfPage, missing, openContext, TOUCH } from "./engines.mjs";
import { Unsupported } from "./webkit/page.mjs";

export { BASE } from "./engines.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** How long anything on a page may take before a test gives up. */
export const PATIENCE = 30_000;

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** Call it once at the top of a test file. */
export function inBrowser() {
  after(closeBrowsers);
}

/**
 * A test with a page of its own. `options` go to the browser context (`viewport`, `colorScheme`, …);
 * `faults: true` allows errors on the console, for tests that break things on purpose; `axe: true`
 * brings axe along; `elsewhere: true` says that the test answers for other servers than the demo's.
 */
export function journey(name, options, run) {
  test(name, { timeout: 240_000, skip: missing(options) }, async (t) => {
    try {
      await walk(t, options, run);
    } catch (error) {
      // Browsers stumble on a busy machine: once more, and it is told.
      t.diagnostic(`walked again: ${name}: ${error.message.split("\n")[0]}`);
      await walk(t, options, run);
    }
  });
}

async function walk(t, options, run) {
  const { faults = false, axe = false, elsewhere, ...rest } = options;
  const context = await openContext({
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
    await context.leave?.();
    if (!faults) assert.deepEqual(errors.filter(isOfPage), [], "the page reports errors");
  } catch (error) {
    if (error instanceof Unsupported) return t.skip(error.message);
    if (errors.length > 0) error.message += `\nThe page reported:\n${errors.join("\n")}`;
    throw error;
  } finally {
    await context.close();
  }
}

/** Presses with a finger where there is one, else with the mouse. */
export function touch(locator) {
  return TOUCH ? locator.tap() : locator.click();
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
