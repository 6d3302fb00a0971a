// The widget in other languages: texts, direction, the knowledge base's locale, numbers and times.
// The page is written here, because what counts is what a host says: `lang`, `locale`, `kb-locales`.

import assert from "node:assert/strict";
import { BASE, DESKTOP, PHONE, inBrowser, journey, nothingFoundByAxe, until } from "./browser.mjs";

inBrowser();

/** A host page in that language (none: it says nothing), with the cic knowledge base. */
async function host(page, lang, attributes = "") {
  const html = `<!doctype html><html${lang ? ` lang="${lang}"` : ""}><head><meta charset="utf-8"><title>Host</title>
<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,"></head>
<body><main><h1>Host</h1></main><script type="module" src="/unstuck/unstuck.js"></script>
<unstuck-help kb="/unstuck/kb/cic.{locale}.kb" kb-locales="en de" ${attributes}><a href="/support">Support</a></unstuck-help></body></html>`;
  await page.route((url) => url.pathname === "/host", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
  await page.goto(`${BASE}/host`);
}

const launcher = (page, name) => page.getByRole("button", { name, exact: true });
/** Whether a thing on the page runs from right to left. */
const runs = (locator) => locator.evaluate((element) => getComputedStyle(element).direction);

/** Opens the panel and types into its search field. */
async function ask(page, { help, label, words }) {
  await launcher(page, help).click();
  const panel = page.getByRole("dialog", { name: help, exact: true });
  const field = panel.getByRole("combobox", { name: label });
  await field.waitFor();
  if (words) {
    await field.pressSequentially(words);
    await panel.getByRole("option").first().waitFor();
  }
  return { panel, field };
}

const GERMAN = { help: "Hilfe", label: "Hilfe durchsuchen" };
const ARABIC = { help: "مساعدة", label: "البحث في المساعدة" };

journey("On a German page a person finds the German article and is led through it in German", {}, async (page) => {
  await host(page, "de-AT");
  const { panel } = await ask(page, { ...GERMAN, words: "passwörter zurücksetzen" });
  await panel.getByRole("option", { name: /^Die Anmeldung meldet „Invalid email or password“/ }).click();
  // The browser answers the first check by itself.
  await panel.getByText("Schritt 2 von 3").waitFor();
  await panel.getByRole("group", { name: /^Legen Sie ein neues Passwort fest/ }).getByRole("button", { name: "Hilft nicht", exact: true }).click();
  await panel.getByRole("group", { name: /^Öffnen Sie die Bestätigungsnachricht/ }).waitFor();
  await panel.getByRole("button", { name: "Zurück", exact: true }).click();
  await panel.getByRole("button", { name: "Support kontaktieren", exact: true }).first().click();
  await panel.getByRole("textbox", { name: "Was ist passiert?" }).waitFor();
  const text = await panel.innerText();
  assert.doesNotMatch(text, /Still stuck|Contact support|What happened|Send to|Back\b/, text);
});

journey("A wait tells its end as the language writes times", {}, async (page) => {
  await host(page, "", 'locale="de"');
  const { panel } = await ask(page, { ...GERMAN, words: "heutige anrufe fehlen" });
  await panel.getByRole("option", { name: /^Neue Anrufe fehlen/ }).click();
  await panel.getByText("Dauert 15 Minuten").waitFor();
  await panel.getByRole("button", { name: "Wartezeit starten", exact: true }).click();
  await panel.getByText(/^Bereit um \d\d:\d\d/).first().waitFor();
  // Once it is over, the launcher says so in the same language, before anything else is loaded.
  const key = "unstuck-pending:cic";
  await until("the end is noted", () => page.evaluate((key) => localStorage.getItem(key), key));
  await page.evaluate((key) => localStorage.setItem(key, localStorage.getItem(key).replace(/^\d{13}/, "1".repeat(13))), key);
  await page.route("**/*.wasm", () => {});
  await page.reload();
  await launcher(page, "Hilfe, eine Prüfung ist bereit").waitFor();
});

for (const [screen, viewport] of [["desktop", DESKTOP], ["phone", PHONE]]) {
  journey(`In Arabic the panel runs from right to left and axe finds nothing, ${screen}`, { axe: true, viewport }, async (page) => {
    await host(page, "ar");
    const { panel, field } = await ask(page, ARABIC);
    assert.equal(await runs(field), "rtl");
    await nothingFoundByAxe(page, `home, ${screen}`);
    await field.pressSequentially("recording");
    const option = panel.getByRole("option", { name: /^A recording won't play/ });
    await option.waitFor();
    await nothingFoundByAxe(page, `results, ${screen}`);
    await option.click();
    const title = panel.getByRole("heading", { name: /^A recording won't play/ });
    await title.waitFor();
    assert.equal(await runs(title), "ltr", "English words keep their own direction");
    assert.equal(await title.evaluate((element) => element.closest("[lang]").lang), "en");
    await nothingFoundByAxe(page, `guide, ${screen}`);
    await panel.getByRole("button", { name: "التواصل مع الدعم", exact: true }).first().click();
    const note = panel.getByRole("textbox", { name: "ماذا حدث" });
    await note.waitFor();
    assert.equal(await runs(note), "rtl");
    await nothingFoundByAxe(page, `handover, ${screen}`);
  });
}

journey("A host that changes `locale` gets the other language at once", {}, async (page) => {
  await host(page, "de");
  await ask(page, GERMAN);
  await page.evaluate(() => document.querySelector("unstuck-help").setAttribute("locale", "fr"));
  await page.getByRole("dialog", { name: "Aide", exact: true }).getByRole("combobox").waitFor();
  await page.evaluate(() => document.querySelector("unstuck-help").setAttribute("locale", "xx"));
  await page.getByRole("dialog", { name: "Help", exact: true }).getByRole("combobox", { name: "Search help" }).waitFor();
});

journey("Where the page says nothing, the browser's languages decide", { locale: "ja-JP" }, async (page) => {
  await host(page, "");
  await launcher(page, "ヘルプ").click();
  await page.getByRole("dialog", { name: "ヘルプ", exact: true }).getByRole("combobox").waitFor();
});

journey("English stands in for texts that do not come", { faults: true }, async (page) => {
  await page.route(/unstuck-de-[0-9a-f]+\.txt$/, (route) => route.abort());
  await host(page, "de");
  await launcher(page, "Hilfe").click();
  const panel = page.getByRole("dialog", { name: "Help", exact: true });
  await panel.getByRole("combobox", { name: "Search help" }).waitFor();
  await until("the German knowledge base is there", () => panel.getByText("Anmeldung und Zugang").first().isVisible());
});

journey("Where the pack of my language is missing, the first of the list stands in, in my interface", { faults: true }, async (page) => {
  await page.route(/\/cic\.de\.kb$/, (route) => route.fulfill({ status: 404, body: "" }));
  await host(page, "de");
  const { panel } = await ask(page, { ...GERMAN, words: "recording won't play" });
  await panel.getByRole("option").first().click();
  const title = panel.getByRole("heading", { name: "A recording won't play" });
  await title.waitFor();
  assert.equal(await title.evaluate((node) => node.closest("[lang]").lang), "en");
  await panel.getByRole("button", { name: "Zurück", exact: true }).waitFor();
});
