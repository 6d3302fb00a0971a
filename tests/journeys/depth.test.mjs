// The second file: what is loaded when, and what a person meets while it is on its way or lost.

import assert from "node:assert/strict";
import { BASE, inBrowser, journey, until } from "./browser.mjs";
import { Help } from "./help.mjs";
import { PRODUCTS } from "./products.mjs";

inBrowser();

const way = PRODUCTS.oxvo;
const DEPTH = /\/unstuck\/unstuck-depth-.*\.wasm/;

/** A page with nothing on it but the widget: no status feed asks for more than the first open. */
async function bare(page) {
  await page.route("**/bare.html", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><html lang="en"><title>Bare</title><meta name="viewport" content="width=device-width">
        <h1>Bare</h1><script type="module" src="/unstuck/unstuck.js"></script>
        <unstuck-help kb="/unstuck/kb/oxvo.en.kb"><a href="/demo/support.html">Reach the team</a></unstuck-help>`,
    }),
  );
  await page.goto(`${BASE}/bare.html`);
}

journey("Opening loads glue, program and knowledge base; the rest comes with the first key", {}, async (page) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname.replace(/[0-9a-f]{12}/, "HASH")));
  const help = new Help(page);
  await bare(page);
  assert.deepEqual(asked, ["/bare.html", "/unstuck/unstuck.js"]);
  await help.launcher.focus();
  await page.keyboard.press("Enter");
  await help.field.waitFor();
  assert.deepEqual(asked.slice(2).sort(), ["/unstuck/kb/oxvo.en.kb", "/unstuck/unstuck-HASH.js", "/unstuck/unstuck-HASH.wasm"]);
  await help.field.press("i");
  await until("the second file is asked for", () => asked.includes("/unstuck/unstuck-depth-HASH.wasm"));
});

journey("While the second file is on its way I can search, and what I chose appears when it is there", {}, async (page) => {
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  await page.route(DEPTH, async (route) => {
    await held;
    await route.continue();
  });
  const help = new Help(page);
  await bare(page);
  await help.open();
  await help.type(way.symptom);
  await help.options.first().waitFor();
  await help.field.press("Enter");
  await help.panel.getByText("Loading…").waitFor();
  release();
  await help.panel.getByRole("heading", { name: way.title }).waitFor();
  assert.equal(await help.panel.getByText("Loading…").count(), 0);
});

journey("When the second file is lost I read so, reach the page's own link, and it is tried again when I press", { faults: true }, async (page) => {
  await page.route(DEPTH, (route) => route.abort());
  const help = new Help(page);
  await bare(page);
  const told = page.evaluate(
    () => new Promise((resolve) => document.addEventListener("unstuck-error", (event) => resolve(event.detail), { once: true })),
  );
  await help.open();
  await help.type(way.symptom);
  await help.options.first().waitFor();
  await help.contactButton().click();
  await help.panel.getByText(/^This part did not load/).waitFor({ timeout: 10_000 });
  const link = page.getByRole("link", { name: "Reach the team" });
  await link.waitFor();
  assert.equal((await told).code, "load");
  await page.screenshot({ path: "screenshots/lost-depth.png" });
  await page.unroute(DEPTH);
  await help.contactButton().click();
  await help.panel.getByRole("heading", { name: "Contact support" }).waitFor();
  assert.equal(await help.panel.getByText(/^This part did not load/).count(), 0);
});
