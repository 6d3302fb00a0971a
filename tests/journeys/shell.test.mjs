// The panel that is there before the program is: what a person types or presses on a slow line
// counts, and it leaves nothing behind when the program comes, cannot come, or is no longer wanted.

import assert from "node:assert/strict";
import { PHONE, inBrowser, journey, nothingFoundByAxe, until } from "./browser.mjs";
import { Help } from "./help.mjs";
import { element, heard, host, listen } from "./host.mjs";

inBrowser();

const WASM = /\/unstuck\/unstuck-[0-9a-f]{12}\.wasm$/;
const SCOPIEN = element('kb="/unstuck/kb/scopien.en.kb"');

/** Holds the program back until the function that it gives is called. */
async function hold(page) {
  let release;
  const released = new Promise((resolve) => { release = resolve; });
  await page.route(WASM, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** What only the program's own panel has. */
const arrived = (help) => help.panel.getByText("Scopien AI").first();

for (const [screen, options] of [["desktop", {}], ["phone", { viewport: PHONE }]]) {
  journey(`While the program is on its way a field takes my words, and they are searched for once it is there, ${screen}`, { axe: true, ...options }, async (page) => {
    const release = await hold(page);
    await host(page, SCOPIEN);
    const help = new Help(page);
    await help.open();
    await help.panel.getByText("Loading…").waitFor();
    await nothingFoundByAxe(page, "the panel before the program");
    await page.keyboard.type("salesforc sync");
    for (let press = 0; press < 5; press += 1) await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("e");
    release();
    await help.options.first().waitFor();
    assert.equal(await help.panel.count(), 1);
    assert.equal(await help.field.inputValue(), "salesforce sync");
    assert.equal(await help.hasFocus(help.field), true);
    await page.keyboard.type("!");
    assert.equal(await help.field.inputValue(), "salesforce! sync", "the caret stays where it was");
  });
}

journey("Keys that I press early count once the program is there", {}, async (page) => {
  const release = await hold(page);
  await host(page, SCOPIEN);
  const help = new Help(page);
  await help.open();
  await page.keyboard.type("nothing comes across from salesforce");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  release();
  await help.title("Nothing comes across from Salesforce").waitFor();
});

journey("Tab before the program is there leads to what comes after the field", {}, async (page) => {
  const release = await hold(page);
  await host(page, SCOPIEN);
  const help = new Help(page);
  await help.open();
  await page.keyboard.press("Tab");
  release();
  await arrived(help).waitFor();
  await until("the first row has the focus", () => help.hasFocus(help.panel.getByRole("button", { name: /^Is the service up/ })));
});

journey("Closing while it loads gives the focus back, and nothing opens when the program arrives", {}, async (page) => {
  await listen(page);
  const release = await hold(page);
  await host(page, SCOPIEN);
  const help = new Help(page);
  await help.launcher.focus();
  await page.keyboard.press("Enter");
  await help.field.waitFor();
  await page.keyboard.type("calls");
  await page.keyboard.press("Escape");
  await help.panel.waitFor({ state: "hidden" });
  assert.equal(await help.hasFocus(help.launcher), true);
  // Opened again, still without the program: the words are there.
  await page.keyboard.press("Enter");
  await until("the field has the focus", () => help.hasFocus(help.field));
  assert.equal(await help.field.inputValue(), "calls");
  await help.close();
  release();
  await until("the program is there", async () => (await heard(page, "ready")).length > 0);
  await page.waitForTimeout(300);
  assert.equal(await help.panel.count(), 0);
  assert.equal(await page.evaluate(() => document.querySelector("unstuck-help").hasAttribute("open")), false);
  await help.open();
  await arrived(help).waitFor();
});

journey("After the panel before the program, closing gives the focus back to what opened it", {}, async (page) => {
  const release = await hold(page);
  await host(page, `<button onclick="document.querySelector('unstuck-help').open()">Stuck?</button>${SCOPIEN}`);
  const help = new Help(page);
  const opener = page.getByRole("button", { name: "Stuck?" });
  await opener.focus();
  await page.keyboard.press("Enter");
  await until("the field has the focus", () => help.hasFocus(help.field));
  release();
  await arrived(help).waitFor();
  await page.keyboard.press("Escape");
  await help.panel.waitFor({ state: "hidden" });
  await until("the button has the focus", () => help.hasFocus(opener));
});

journey("When the program cannot come, the page's own link stands beside the words that I had typed", { faults: true }, async (page) => {
  let refuse;
  const refused = new Promise((resolve) => { refuse = resolve; });
  await page.route(WASM, async (route) => {
    await refused;
    await route.abort();
  });
  await host(page, SCOPIEN);
  const help = new Help(page);
  await help.open();
  await page.keyboard.type("calls drop after a minute");
  refuse();
  await page.getByRole("link", { name: "Reach the team" }).waitFor();
  await page.getByText("calls drop after a minute").waitFor();
  assert.equal(await help.panel.count(), 0);
  // The next try has nothing to do with the one before.
  await page.unroute(WASM);
  const release = await hold(page);
  await help.launcher.click();
  await help.open();
  assert.equal(await help.panel.count(), 1);
  release();
  await arrived(help).waitFor();
  await help.close();
  await help.open();
  assert.equal(await help.panel.count(), 1);
});

journey("Who has left a guide sees no other panel before it", {}, async (page) => {
  await host(page, SCOPIEN);
  const help = new Help(page);
  await help.open();
  await help.find("nothing comes across from salesforce", "Nothing comes across from Salesforce");
  await until("the guide is kept", () => page.evaluate(() => Object.keys(localStorage).some((key) => key.startsWith("unstuck:scopien"))));
  const release = await hold(page);
  await page.reload();
  await help.launcher.waitFor();
  if ((await help.launcher.getAttribute("aria-expanded")) !== "true") await help.launcher.click();
  await page.waitForTimeout(400);
  assert.equal(await help.panel.count(), 0);
  release();
  await help.panel.waitFor();
});

journey("The panel before the program speaks the page's language", {}, async (page) => {
  const release = await hold(page);
  await host(page, element('kb="/unstuck/kb/cic.{locale}.kb" kb-locales="en de" locale="de"'));
  await page.getByRole("button", { name: "Hilfe" }).click();
  const panel = page.getByRole("dialog", { name: "Hilfe", exact: true });
  await panel.getByText("Wird geladen …").waitFor();
  await page.keyboard.type("anrufe");
  release();
  await panel.getByRole("option").first().waitFor();
  assert.equal(await panel.getByRole("combobox", { name: "Hilfe durchsuchen" }).inputValue(), "anrufe");
});
