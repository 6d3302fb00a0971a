// Waits: over a change of the clocks, a reload, a closed tab and a panel that nobody looks at; and a
// browser whose storage is full.

import assert from "node:assert/strict";
import { BASE, inBrowser, journey, until } from "./browser.mjs";
import { Help } from "./help.mjs";

inBrowser();

const LABEL = "Give the recording 15 minutes";

/** Opens the guide and starts its wait of 15 minutes. */
async function wait(page) {
  const help = new Help(page);
  await page.goto(`${BASE}/product/cic/calls`);
  await help.open();
  await help.find("recording won't play", "A recording won't play");
  await help.check(LABEL).getByRole("button", { name: "Start the wait", exact: true }).click();
  return help;
}

journey("A wait over the end of summer time says the time that my clock will show", {}, async (page, context) => {
  // In Berlin the clocks go back from 3 to 2 at 01:00 UTC.
  await context.clock.install({ time: new Date("2026-10-25T00:50:00Z") });
  const help = await wait(page);
  await help.check(LABEL).getByText("Ready at 02:05").waitFor();
  await context.clock.fastForward("15:05");
  await help.check(LABEL).getByText("Ready at").waitFor({ state: "hidden" });
  await help.check(LABEL).getByRole("button", { name: "That fixed it", exact: true }).waitFor();
});

journey("A wait says nothing while it runs, and once when it is over", {}, async (page, context) => {
  await context.clock.install();
  const help = await wait(page);
  await help.check(LABEL).getByText("Ready at").waitFor();
  await page.evaluate(() => {
    globalThis.said = [];
    const roots = [...document.querySelectorAll("unstuck-help")].map((one) => one.shadowRoot);
    const listen = () => {
      for (const region of roots.flatMap((root) => [...root.querySelectorAll("[role=status],[aria-live]")])) {
        if (region.textContent && said.at(-1) !== region.textContent) said.push(region.textContent);
      }
    };
    for (const root of roots) new MutationObserver(listen).observe(root, { subtree: true, childList: true, characterData: true });
  });
  for (let minute = 0; minute < 14; minute += 1) await context.clock.fastForward("01:00");
  assert.deepEqual(await page.evaluate(() => globalThis.said), []);
  await context.clock.fastForward("01:30");
  await until("the end is told", () => page.evaluate(() => globalThis.said.length > 0));
  assert.deepEqual(await page.evaluate(() => globalThis.said), ["The wait is over."]);
});

journey("A wait goes on while the tab is closed, and the button says when a check is ready", {}, async (page, context) => {
  await context.clock.install();
  const help = await wait(page);
  await help.check(LABEL).getByText("Ready at").waitFor();
  await until("the wait is kept", () => page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith("unstuck-pending:"))));
  await page.close();
  const later = await context.newPage();
  await later.goto(`${BASE}/product/cic/calls`);
  assert.equal(await later.getByRole("button", { name: /^Help, / }).count(), 0, "it is not over yet");
  await context.clock.fastForward("16:00");
  await later.reload();
  await later.getByRole("button", { name: "Help, a check is ready" }).waitFor();
  const there = new Help(later);
  await there.reopen();
  await there.resume(LABEL);
  await there.answer(LABEL, "That fixed it");
  await there.title("Glad that fixed it").waitFor();
});

journey("A wait that ends while the page is open says so on the button, brings a hidden one back, and not twice", {}, async (page, context) => {
  await context.clock.install();
  const help = await wait(page);
  await help.check(LABEL).getByText("Ready at").waitFor();
  await help.hideButton();
  await context.clock.fastForward("15:05");
  const ready = page.getByRole("button", { name: "Help, a check is ready" });
  await ready.click();
  await help.panel.waitFor();
  await page.getByRole("button", { name: "Help", exact: true }).waitFor();
  await help.hideButton();
  await page.reload();
  await help.drawn();
  await help.launcher.waitFor({ state: "hidden" });
});

journey("Where storage is full I am told so, and my guide and my words go on", { faults: true }, async (page) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
  });
  const help = await wait(page);
  await help.check(LABEL).getByText("Ready at").waitFor();
  await help.contact();
  await help.panel.getByText("This browser does not let us keep anything").first().waitFor();
  await help.note().fill("Full to the brim.");
  const { report } = await help.send();
  assert.equal(report.note, "Full to the brim.");
});
