// The demo's own pages: they hold what the knowledge bases lead to, and stand on their own.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pageAt } from "../../demo/pages.js";
import { PRODUCTS } from "../../demo/products.js";
import { read } from "../../demo/feed.js";
import { nextMonthly, shift } from "../../demo/time.js";
import { BASE, PHONE, inBrowser, journey, nothingFoundByAxe } from "./browser.mjs";

inBrowser();

const file = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const feed = (product) => JSON.parse(file(`demo/feeds/${product}.json`));

test("Every deep link of the four knowledge bases leads to a page of the demo", () => {
  let links = 0;
  for (const product of Object.keys(PRODUCTS)) {
    for (const [, href] of file(`kb/${product}/kb.toml`).matchAll(/^href = "(\/[^"]*)"$/gm)) {
      const path = href.replace("[Workflow Name]", encodeURIComponent(PRODUCTS.scopien.context.workflow_name));
      assert.ok(pageAt(product, path), `${product}: no page at ${href}`);
      links += 1;
    }
  }
  assert.ok(links > 40, `${links} links`);
});

test("The feeds of the demo name only their own services", () => {
  for (const product of Object.keys(PRODUCTS)) {
    const { services, incidents, history, maintenances = [] } = feed(product);
    for (const entry of [...incidents, ...history, ...maintenances]) {
      for (const id of entry.services) assert.ok(services[id], `${product}: ${entry.title} names ${id}`);
    }
  }
});

test("The page's state is the worst of its services", () => {
  for (const product of Object.keys(PRODUCTS)) {
    const raw = feed(product);
    assert.equal(read(raw, Date.parse(raw.clock)).state, raw.status, product);
  }
});

test("The feed's clock is moved by whole days to within the last day", () => {
  const clock = "2026-11-20T10:24:00Z";
  for (const now of ["2026-11-20T10:24:00Z", "2026-11-21T10:23:59Z", "2029-02-28T23:59:00Z"].map(Date.parse)) {
    const moved = Date.parse(clock) + shift(clock, now);
    assert.ok(moved <= now && now - moved < 86_400_000, new Date(moved).toISOString());
    assert.equal(new Date(moved).toISOString().slice(11), "10:24:00.000Z");
  }
});

test("The next first Sunday, 2 to 4 AM at UTC-5, is found before, during and after", () => {
  const rule = { week: 1, weekday: 0, from: "02:00", to: "04:00", offset: "-05:00" };
  const next = (now) => new Date(nextMonthly(rule, Date.parse(now)).from).toISOString();
  assert.equal(next("2026-11-20T12:00:00Z"), "2026-12-06T07:00:00.000Z");
  assert.equal(next("2026-12-06T08:59:59Z"), "2026-12-06T07:00:00.000Z");
  assert.equal(next("2026-12-06T09:00:00Z"), "2027-01-03T07:00:00.000Z");
  assert.equal(next("2026-11-01T04:30:00Z"), "2026-11-01T07:00:00.000Z");
});

test("All demo pages with a widget carry the strict content policy that the widget must live with", () => {
  const policy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
  for (const page of ["index.html", "demo/product.html", "demo/look.html"]) {
    assert.ok(file(page).includes(`<meta http-equiv="Content-Security-Policy" content="${policy}">`), page);
    assert.doesNotMatch(file(page), /\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/, `${page} holds no inline style, handler or script`);
  }
});

journey("The status page is readable without JavaScript", { javaScriptEnabled: false }, async (page) => {
  await page.goto(BASE);
  for (const { name } of Object.values(feed("scopien").services)) {
    await page.getByRole("heading", { name, exact: true }).waitFor();
  }
  await page.getByRole("heading", { name: feed("scopien").incidents[0].title }).waitFor();
  await page.getByRole("link", { name: "Contact support" }).first().waitFor();
});

for (const [product, { name }] of Object.entries(PRODUCTS)) {
  journey(`The status page of ${product} shows its services, its open incidents and its history`, {}, async (page) => {
    const { services, incidents, history } = feed(product);
    await page.goto(`${BASE}/?product=${product}`);
    await page.getByText(name, { exact: true }).first().waitFor();
    for (const service of Object.values(services)) {
      await page.getByRole("heading", { name: service.name, exact: true }).waitFor();
    }
    for (const incident of incidents) await page.getByRole("heading", { name: incident.title, exact: true }).first().waitFor();
    for (const incident of history) await page.getByText(incident.title, { exact: true }).waitFor();
    await page.getByRole("link", { name: `Open ${name}` }).click();
    await page.waitForURL(`**/product/${product}/`);
    await page.getByRole("heading", { level: 1 }).waitFor();
  });
}

for (const [look, options] of Object.entries({
  "light, wide": { colorScheme: "light" },
  "dark, wide": { colorScheme: "dark" },
  "light, phone": { colorScheme: "light", viewport: PHONE },
  "dark, phone": { colorScheme: "dark", viewport: PHONE },
})) {
  journey(`axe finds nothing on the demo's pages (${look})`, { ...options, axe: true }, async (page) => {
    for (const path of ["/", "/?product=cic", "/?product=dialler", "/product/scopien/settings/integrations/salesforce", "/product/dialler/campaign-wizard/3-dialler-config", "/product/cic/members", "/demo/support.html"]) {
      await page.goto(BASE + path, { waitUntil: "networkidle" });
      await nothingFoundByAxe(page, path);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wider <= 0, `${path} is ${wider} px too wide`);
    }
  });
}

journey("The browser's back button goes back inside the product, as links go forward", {}, async (page) => {
  await page.goto(`${BASE}/product/oxvo/channels`);
  await page.getByRole("link", { name: "Install Tracker" }).click();
  await page.getByRole("heading", { name: "Install Tracker", level: 1 }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Channels", level: 1 }).waitFor();
  await page.goto(`${BASE}/product/oxvo/no/such/page`);
  await page.getByRole("heading", { name: "Nothing stands here" }).waitFor();
});
