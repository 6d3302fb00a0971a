// Back and forward in the browser stay fast: a page with the widget is kept whole while the person is
// elsewhere, and the widget works when they are back. Playwright turns that cache off in Chromium,
// so this file has a browser of its own.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { chromium } from "playwright-core";
import { ARGUMENTS, ENGINE, EXECUTABLE } from "./engines.mjs";
import { BASE, PATIENCE, until } from "./browser.mjs";
import { Help } from "./help.mjs";
import { PRODUCTS } from "./products.mjs";

const skip = ENGINE === "chromium" ? false : "the cache cannot be turned on here";
const way = PRODUCTS.oxvo;
let browser;
after(() => browser?.close());

/** A page at `path` on which `before` is done, left for another one and come back to. */
async function backAgain(path, before, run) {
  browser ??= await chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS, ignoreDefaultArgs: ["--disable-back-forward-cache"] });
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Berlin", reducedMotion: "reduce" });
  context.setDefaultTimeout(PATIENCE);
  try {
    const page = await context.newPage();
    await page.goto(BASE + path);
    const help = new Help(page);
    await before(help, page);
    await page.evaluate(() => {
      window.mine = "kept";
      addEventListener("pageshow", ({ persisted }) => { window.persisted = persisted; });
    });
    await page.goto(`${BASE}/demo/support.html`);
    // Playwright waits for a load that does not happen.
    await page.evaluate(() => { setTimeout(() => history.back()); });
    await until("the page is there again", () => page.evaluate((path) => location.pathname.startsWith(path), path).catch(() => false));
    const back = await page.evaluate(() => ({
      persisted: window.persisted,
      mine: window.mine,
      reasons: JSON.stringify(performance.getEntriesByType("navigation")[0].notRestoredReasons ?? null),
    }));
    assert.deepEqual([back.persisted, back.mine], [true, "kept"], `the page was not kept: ${back.reasons}`);
    await run(new Help(page), page);
  } finally {
    await context.close();
  }
}

test("A page whose widget was never opened is kept for the way back, and the widget opens then", { skip, timeout: 120_000 }, async () => {
  await backAgain(way.start, (help) => help.launcher.waitFor(), async (help) => {
    await help.open();
    await help.find(way.symptom, way.title);
  });
});

test("A page whose widget was opened and closed is kept, and the widget opens again", { skip, timeout: 120_000 }, async () => {
  await backAgain(
    way.start,
    async (help) => {
      await help.open();
      await help.find(way.symptom, way.title);
      await help.back();
      await help.close();
    },
    async (help) => {
      await help.open();
      await help.find(way.symptom, way.title);
    },
  );
});

test("A page with an open guide is kept, and the guide goes on where it was", { skip, timeout: 120_000 }, async () => {
  const [first, second] = way.checks;
  await backAgain(
    way.start,
    async (help) => {
      await help.open();
      await help.find(way.symptom, way.title);
      await help.answer(first.label, "Still stuck");
      await help.check(second.label).waitFor();
    },
    async (help) => {
      await help.check(second.label).waitFor();
      await help.answer(second.label, "Still stuck");
      await help.check(second.label).waitFor({ state: "hidden" });
    },
  );
});

test("A page on which a wait runs is kept, and the wait can be ended", { skip, timeout: 120_000 }, async () => {
  const label = "Give the recording 15 minutes";
  await backAgain(
    "/product/cic/calls",
    async (help) => {
      await help.open();
      await help.find("recording won't play", "A recording won't play");
      await help.check(label).getByRole("button", { name: "Start the wait", exact: true }).click();
      await help.check(label).getByText("Ready at").waitFor();
    },
    async (help) => {
      await help.check(label).getByText("Ready at").waitFor();
      await help.check(label).getByRole("button", { name: "Check now", exact: true }).click();
      await help.check(label).getByText("Ready at").waitFor({ state: "hidden" });
    },
  );
});
