// What is fed to the widget stays text, and what it does passes the strictest policy that lets
// WebAssembly run. The threat model is docs/security.md.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { BASE, inBrowser, journey, until } from "./browser.mjs";
import { Help } from "./help.mjs";
import { LOADER, element, host } from "./host.mjs";
import { PRODUCTS, walk } from "./products.mjs";

inBrowser();

const fixture = (name) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url));
const corpus = fixture("injection.txt").toString().trimEnd().split("\n");
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

journey("Under the strict policy the whole way to support works, and the browser reports no violation", {}, async (page) => {
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  const way = PRODUCTS.oxvo;
  await page.goto(`${BASE + way.start}?csp=strict`);
  assert.equal(await page.evaluate(async () => (await fetch(location.href)).headers.get("content-security-policy")), POLICY);
  const help = new Help(page);
  await help.open();
  await help.find(way.symptom, way.title);
  await walk(help, way.checks);
  await help.handover();
  await help.note().fill("Under a strict policy.");
  const { report } = await help.send();
  assert.equal(report.tried.length, way.checks.length);
  assert.deepEqual(await page.evaluate(() => window.violations), []);
});

/** Nothing ran, no request left for a stranger, nothing but our own tags stands in the widget. */
async function nothingHappened(page, strangers) {
  const state = await page.evaluate(() => {
    const root = document.querySelector("unstuck-help").shadowRoot;
    const odd = [...root.querySelectorAll("script, iframe, style, link, base, meta, template, form, math, object, embed, unstuck-help")];
    const handlers = [...root.querySelectorAll("*")].filter((node) => node.getAttributeNames().some((name) => /^on|^style$|^srcdoc$/.test(name)));
    const links = [...root.querySelectorAll("a[href]")].filter((link) => !/^(https?|mailto|tel):$/.test(link.protocol) || (/^http/.test(link.protocol) && link.hostname === "evil.example"));
    return { pwned: window.pwned ?? null, odd: odd.length, handlers: handlers.length, links: links.map((link) => link.outerHTML.slice(0, 200)) };
  });
  assert.deepEqual(state, { pwned: null, odd: 0, handlers: 0, links: [] });
  assert.deepEqual(strangers, []);
}

journey("A pack made of injections shows as text on every screen, and nothing runs", { faults: true }, async (page) => {
  const strangers = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(BASE)) strangers.push(request.url());
  });
  await page.route("**/injection.en.kb", (route) => route.fulfill({ body: fixture("injection.en.kb") }));
  const feed = {
    status: "major_outage",
    services: Object.fromEntries(corpus.map((text) => [text, "major_outage"])),
    incidents: corpus.map((text) => ({ title: text, status: text, url: text, services: [text], updates: [{ body: text }] })),
  };
  await page.route("**/injected.json", (route) => route.fulfill({ json: feed }));
  await host(page, element('kb="/injection.en.kb" status="/injected.json"'));
  const widget = page.locator("unstuck-help");
  const help = new Help(page);
  await widget.evaluate(async (element, texts) => {
    await customElements.whenDefined("unstuck-help");
    const all = texts.join(" ");
    element.setContext({ role: all, plan: all, user: { id: all, name: all, email: all }, route: all, workspace: all, [texts[0]]: all });
    element.configure({ linkBase: "javascript:window.pwned=1//", links: Object.fromEntries(texts.map((text) => [text, text])) });
    element.suggest(texts);
  }, corpus);
  await help.open();
  await help.panel.getByText("<script>window.pwned=1</script>").first().waitFor();
  await nothingHappened(page, strangers);
  for (const text of ["pwned", ...corpus]) {
    await widget.evaluate((element, text) => element.search(text), text);
    await nothingHappened(page, strangers);
  }
  const breakout = `'"--></style></title></textarea></script><script>window.pwned=1</script><img src=x onerror=window.pwned=1>`;
  for (const kind of ["guide", "faq", "code"]) {
    await widget.evaluate((element, id) => element.show(id), breakout + kind);
    await help.panel.getByRole("heading", { name: "window.pwned=1" }).first().waitFor();
    await nothingHappened(page, strangers);
    for (const link of await help.panel.getByRole("link").all()) {
      // Whatever can be pressed is pressed; only the page's own addresses are followed by hand above.
      await link.evaluate((node) => node.dispatchEvent(new MouseEvent("mouseover", { bubbles: true })));
    }
  }
  await widget.evaluate((element, id) => element.show(id), breakout + "guide");
  for (let step = 0; step < 8; step += 1) {
    const press = help.panel.getByRole("button", { name: /^(Still stuck|I have something else)$/ }).first();
    if (!(await press.isVisible())) break;
    await press.click();
    await nothingHappened(page, strangers);
  }
  await widget.evaluate((element, note) => element.contact({ note }), corpus.join("\n"));
  await help.handover();
  await nothingHappened(page, strangers);
});

journey("Broken, foreign and hostile records in the storage leave the widget working", {}, async (page) => {
  await host(page, "");
  await page.evaluate((texts) => {
    for (const key of ["unstuck:oxvo:", "unstuck:oxvo::queue", "unstuck:oxvo::pictures", "unstuck-pending:oxvo"]) {
      localStorage.setItem(key, texts[Math.floor(Math.random() * texts.length)] + "\u0002\u0000\uffff");
    }
  }, corpus);
  await host(page, element(), { path: "/hostile.html" });
  const help = new Help(page);
  await help.open();
  await help.find(PRODUCTS.oxvo.symptom, PRODUCTS.oxvo.title);
  await until("nothing of it ran", () => page.evaluate(() => window.pwned === undefined));
});
