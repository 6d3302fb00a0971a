// How a host makes the widget its own: parts from its style sheet, and the demo's page that shows
// every custom property.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { BASE, inBrowser, journey, nothingFoundByAxe, until } from "./browser.mjs";
import { Help } from "./help.mjs";
import { element, host } from "./host.mjs";
import { LOOKS } from "./looks.mjs";
import { PRODUCTS } from "./products.mjs";

inBrowser();

const way = PRODUCTS.oxvo;
const guide = readFileSync(new URL("../../docs/embedding.md", import.meta.url), "utf8");
/** Names in the first column of the tables under "Look", by how they begin. */
const look = guide.slice(guide.indexOf("\n## Look"), guide.indexOf("\n## Languages"));
const named = (form) => [...look.matchAll(form)].map(([, name]) => name);

const PARTS = named(/^\| `unstuck-help::part\((\w+)\)`/gm);

journey("Every part in the documentation takes what a page says of it", {}, async (page) => {
  assert.ok(PARTS.length > 10, String(PARTS));
  const rules = PARTS.map((part) => `unstuck-help::part(${part}) { --taken-by-${part}: yes; }`).join("\n");
  await host(page, `<style>${rules}</style>${element()}`);
  const help = new Help(page);
  const seen = new Set();
  const look = async () => {
    const found = await page.evaluate((parts) => {
      const nodes = [...document.querySelector("unstuck-help").shadowRoot.querySelectorAll("[part]")];
      return parts.filter((part) => nodes.some((node) => node.part.contains(part) && getComputedStyle(node).getPropertyValue(`--taken-by-${part}`) !== ""));
    }, PARTS);
    for (const part of found) seen.add(part);
  };
  await help.launcher.waitFor();
  await look();
  await help.open();
  await look();
  await help.type(way.symptom);
  await help.options.first().waitFor();
  await look();
  await help.chooseByKeyboard(way.title);
  await help.check(way.checks[0].label).waitFor();
  await look();
  await help.contact();
  await look();
  for (const part of PARTS) assert.ok(seen.has(part), `nothing took what was said of ${part}`);
});

/** The page's settings for properties, and the widget inside the page. */
const inline = (page) => page.locator("#inline");
const property = (page, name) => inline(page).evaluate((element, name) => getComputedStyle(element).getPropertyValue(`--unstuck-${name}`).trim(), name);

/** Gives a control a value, as a person's choice would. */
const give = (page, id, value) =>
  page.locator(`#${id}`).evaluate((node, value) => {
    node.value = value ?? node.options[1].value;
    node.dispatchEvent(new Event(node.localName === "select" ? "change" : "input", { bubbles: true }));
  }, value);

journey("The theming page has a labelled control for every documented property, and the widget takes each at once", {}, async (page) => {
  await page.goto(`${BASE}/demo/look.html`);
  await inline(page).getByRole("heading", { name: "The snippet is in place but no session shows" }).first().waitFor();
  const documented = named(/^\| `--unstuck-([\w-]+)`/gm);
  assert.ok(documented.length > 12, String(documented));
  for (const name of documented) {
    const id = (await page.locator(`#${name}`).count()) === 1 ? name : `${name}-0`;
    const control = page.locator(`#${id}`);
    assert.equal(await control.count(), 1, name);
    assert.notEqual(await control.evaluate((node) => node.ariaLabel ?? node.labels[0].textContent), "", name);
    const kind = await control.evaluate((node) => node.type);
    if (kind === "range") await control.press("ArrowRight");
    else await give(page, id, kind === "color" ? "#123456" : undefined);
    assert.notEqual(await property(page, name), "", name);
    assert.ok((await page.locator("#css").innerText()).includes(`--unstuck-${name}: `), name);
  }
  await page.getByRole("button", { name: "Unstuck" }).click();
  assert.equal(await property(page, "radius"), "");
});

journey("What the theming page gives to copy does the same in another page", {}, async (page) => {
  await page.goto(`${BASE}/demo/look.html`);
  await page.getByRole("button", { name: "Forest" }).click();
  await give(page, "background-0", "#f0fff4");
  const css = await page.locator("#css").innerText();
  assert.match(css, /@media \(prefers-color-scheme: dark\) \{\n {2}unstuck-help \{/);
  await host(page, `<style>${css}</style>${element('kb="/unstuck/kb/cic.en.kb"')}`);
  const help = new Help(page);
  await help.open();
  const { ground, radius } = await help.panel.evaluate((panel) => ({ ground: getComputedStyle(panel).backgroundColor, radius: getComputedStyle(panel).borderRadius }));
  assert.deepEqual([ground, radius], ["rgb(240, 255, 244)", "8px"]);
  assert.equal(await help.launcher.evaluate((node) => getComputedStyle(node).backgroundColor), "rgb(11, 110, 82)");
});

journey("The theming page says when colours are hard to tell apart", {}, async (page) => {
  await page.goto(`${BASE}/demo/look.html`);
  const readings = page.getByRole("list", { name: "Contrast" });
  await readings.getByText("Text on accent, light: 6.5 to 1").waitFor();
  await give(page, "accent-0", "#ffd400");
  await readings.getByText(/Text on accent, light: 1\.\d to 1, too little/).waitFor();
  await give(page, "theme", "dark");
  assert.equal(await readings.getByText(/light/).count(), 0);
});

for (const [name, options] of Object.entries(LOOKS)) {
  journey(`The theming page is sound and fits (${name})`, { ...options, axe: true }, async (page) => {
    await page.goto(`${BASE}/demo/look.html`);
    await inline(page).getByRole("heading", { name: "The snippet is in place but no session shows" }).first().waitFor();
    for (const preset of ["Unstuck", "Forest", "Plum", "Ledger"]) {
      await page.getByRole("button", { name: preset }).click();
      await until("it has its colours", async () => (await page.locator("#css").innerText()).includes("accent") || preset === "Unstuck");
      await nothingFoundByAxe(page, `${preset}, ${name}`);
      if (process.env.UNSTUCK_PICTURES) await page.screenshot({ path: `${process.env.UNSTUCK_PICTURES}/look-${preset}-${name.replace(", ", "-")}.png` });
    }
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wider <= 0, `${wider} px too wide`);
  });
}

journey("A link of the guide on the theming page leads into the product", {}, async (page) => {
  await page.goto(`${BASE}/look`);
  await page.getByRole("link", { name: "Install Tracker" }).click();
  await page.getByRole("heading", { name: "Install Tracker", level: 1 }).waitFor();
});
