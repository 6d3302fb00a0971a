// The contract with the host page: what may be said before the widget is there, while it is moved,
// removed, put back, given another knowledge base, and while the page changes its address.

import assert from "node:assert/strict";
import { BASE, inBrowser, journey, until } from "./browser.mjs";
import { ENGINE } from "./engines.mjs";
import { Help } from "./help.mjs";
import { LOADER, element, heard, host, listen } from "./host.mjs";
import { PRODUCTS } from "./products.mjs";

inBrowser();

const way = PRODUCTS.oxvo;
const article = "oxvo/setup/no-conversations-arrive";

/** The one widget of the page. */
const widget = (page) => page.locator("unstuck-help").first();

journey("Calls that are queued before the loader runs are made once it is there", {}, async (page) => {
  await listen(page);
  await host(page, element(), { head: `<script>window.unstuck = [["setContext", { plan: "pro" }], ["search", "inbox"]]</script>${LOADER}` });
  const help = new Help(page);
  await help.options.first().waitFor();
  assert.equal(await help.field.inputValue(), "inbox");
  await page.evaluate(() => window.unstuck.push(["close"]));
  await help.panel.waitFor({ state: "hidden" });
});

journey("Calls that are queued before there is an element wait for the first one", {}, async (page) => {
  await host(page, "<main></main>", { head: `<script>window.unstuck = [["open"]]</script>${LOADER}` });
  await page.evaluate(async () => {
    await customElements.whenDefined("unstuck-help");
    const help = document.createElement("unstuck-help");
    help.setAttribute("kb", "/unstuck/kb/oxvo.en.kb");
    document.querySelector("main").append(help);
  });
  await new Help(page).field.waitFor();
});

journey("With async the loader may run in the middle of the page: the element and the calls after it count", {}, async (page) => {
  await page.route((url) => url.pathname === "/slow.js", async (route) => {
    await new Promise((resume) => setTimeout(resume, 2_000));
    await route.fulfill({ contentType: "text/javascript", body: 'window.early = customElements.get("unstuck-help") !== undefined' });
  });
  const call = '<script src="/slow.js"></script><script>(window.unstuck ??= []).push(["search", "inbox"])</script>';
  await host(page, call + element(), { head: LOADER.replace(" src", " async src") });
  const help = new Help(page);
  await help.options.first().waitFor();
  assert.equal(await help.field.inputValue(), "inbox");
  // The other engines run no module while a script of the page is on its way.
  if (ENGINE === "chromium") assert.equal(await page.evaluate(() => window.early), true);
});

journey("Properties that a framework sets before the upgrade count as if they were attributes", {}, async (page) => {
  await host(
    page,
    `${element('id="help"')}<script>
      const help = document.getElementById("help");
      Object.assign(help, { kb: "/unstuck/kb/oxvo.en.kb", headingLevel: 4, theme: "dark", config: { links: { channels: "/my/channels" } }, open: true });
    </script>${LOADER}`,
    { head: "" },
  );
  const help = new Help(page);
  await help.field.waitFor();
  assert.equal(await help.panel.getByRole("heading", { level: 4 }).count(), 1);
  const seen = await widget(page).evaluate((element) => ({ level: element.getAttribute("heading-level"), theme: element.theme, open: typeof element.open }));
  assert.deepEqual(seen, { level: "4", theme: "dark", open: "function" });
  await widget(page).evaluate((element) => {
    element.open = false;
  });
  await help.panel.waitFor({ state: "hidden" });
  await widget(page).evaluate((element) => element.open());
  await help.field.waitFor();
});

journey("A property that is set later changes the attribute, and nothing is taken away by null", {}, async (page) => {
  await host(page, element());
  const seen = await widget(page).evaluate(async (element) => {
    await customElements.whenDefined("unstuck-help");
    element.theme = "dark";
    const dark = element.getAttribute("theme");
    element.theme = null;
    return [dark, element.getAttribute("theme"), element.theme, element.mode];
  });
  assert.deepEqual(seen, ["dark", null, null, null]);
});

journey("The promise ready settles with the first load, and methods answer before it", {}, async (page) => {
  await host(page, element());
  const answer = await widget(page).evaluate(async (element) => {
    await customElements.whenDefined("unstuck-help");
    const found = await element.search("inbox is empty");
    await element.ready;
    return found;
  });
  assert.equal(answer.top, article);
  assert.equal(answer.confident, true);
  assert.ok(answer.count > 0);
});

journey("A widget that is moved in the page keeps its place in the guide", {}, async (page) => {
  await listen(page);
  await host(page, `<div id="one">${element()}</div><div id="two"></div>`);
  const help = new Help(page);
  await help.open();
  await help.find(way.symptom, way.title);
  await help.answer(way.checks[0].label, "Still stuck");
  await page.evaluate(() => document.getElementById("two").append(document.querySelector("unstuck-help")));
  await help.check(way.checks[1].label).waitFor();
  assert.equal((await heard(page, "ready")).length, 1, "it was not loaded a second time");
  await help.close();
});

journey("A widget that is removed and put back works as before, and again after that", {}, async (page) => {
  await host(page, `<main>${element()}</main>`);
  const help = new Help(page);
  for (let time = 0; time < 3; time += 1) {
    await help.open();
    await help.find(way.symptom, way.title);
    await help.back();
    await help.close();
    await page.evaluate(() => {
      window.kept = document.querySelector("unstuck-help");
      window.kept.remove();
    });
    await page.waitForTimeout(50);
    await page.evaluate(() => document.querySelector("main").append(window.kept));
    await help.launcher.waitFor();
  }
});

journey("Another address in kb brings the other knowledge base, open as it was", {}, async (page) => {
  await host(page, element());
  const help = new Help(page);
  await help.open();
  await help.panel.getByText("OXVO", { exact: true }).first().waitFor();
  await widget(page).evaluate((element) => element.setAttribute("kb", "/unstuck/kb/cic.en.kb"));
  await help.panel.getByText("CIC", { exact: false }).first().waitFor();
  await help.field.waitFor();
});

journey("Two widgets with different knowledge bases answer from their own, and a trigger finds its one", {}, async (page) => {
  await host(
    page,
    `${element('id="first" kb="/unstuck/kb/cic.en.kb" mode="panel"')}${element('id="second" kb="/unstuck/kb/oxvo.en.kb"')}
     <button data-unstuck-article="${article}">By its pack</button>
     <button data-unstuck-search="inbox" data-unstuck-for="second">By its id</button>
     <a href="#gone" data-unstuck-search="sign in"><span>The first</span></a>`,
  );
  const help = new Help(page);
  await page.getByRole("button", { name: "By its pack" }).click();
  await help.title(way.title).waitFor();
  assert.equal(await page.locator("#second").getAttribute("open"), "");
  assert.equal(await page.locator("#first").getAttribute("open"), null);
  await page.evaluate(() => document.getElementById("second").close());
  await help.panel.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "By its id" }).click();
  await help.options.first().waitFor();
  assert.equal(await help.field.inputValue(), "inbox");
  await page.evaluate(() => document.getElementById("second").close());
  await help.panel.waitFor({ state: "hidden" });
  await page.getByText("The first").click();
  await until("the first widget opens", async () => (await page.locator("#first").getAttribute("open")) === "");
  assert.ok(!page.url().includes("#gone"), "the click's own action is prevented");
});

journey("A trigger inside the host's own shadow root is found", {}, async (page) => {
  await host(page, `<div id="card"></div>${element()}`);
  await page.evaluate((id) => {
    const root = document.getElementById("card").attachShadow({ mode: "open" });
    root.innerHTML = `<button data-unstuck-article="${id}">In a card</button>`;
  }, article);
  await page.getByRole("button", { name: "In a card" }).click();
  await new Help(page).title(way.title).waitFor();
});

/** Titles that home suggests now. */
async function suggested(help) {
  const heading = help.panel.getByRole("heading", { name: /^(Suggested for this page|People often look for)/ });
  await heading.waitFor();
  return heading.evaluate((node) => [...node.parentElement.querySelectorAll("li button > span:first-child")].map((span) => span.textContent));
}

/** The second file has arrived. */
const deepened = (page) => until("the second file is there", () => page.evaluate(() => performance.getEntriesByType("resource").some(({ name }) => name.includes("unstuck-depth-"))));

journey("Suggestions follow the page's address as a single-page host changes it", {}, async (page) => {
  await host(page, element('kb="/unstuck/kb/scopien.en.kb"'));
  const help = new Help(page);
  await help.open();
  const before = await suggested(help);
  await help.field.press("Shift");
  await deepened(page);
  await page.waitForTimeout(200);
  await page.evaluate(() => history.pushState(null, "", "/settings/integrations/salesforce"));
  await until("other articles are suggested", async () => String(await suggested(help)) !== String(before));
  const there = await suggested(help);
  await page.evaluate(() => history.back());
  await until("the first ones are suggested again", async () => String(await suggested(help)) === String(before));
  await widget(page).evaluate((element) => element.setContext({ route: "/settings/integrations/salesforce" }));
  await until("the route of the context counts", async () => String(await suggested(help)) === String(there));
  await page.evaluate(() => history.pushState(null, "", "/elsewhere"));
  await page.waitForTimeout(100);
  assert.deepEqual(await suggested(help), there, "who says the route has the last word");
  await widget(page).evaluate((element) => element.setAttribute("route", "/nowhere"));
  await until("the attribute counts", async () => String(await suggested(help)) === String(before));
});

journey("suggest takes ids, one id, or words to search for, and replaces what was suggested before", {}, async (page) => {
  await host(page, element());
  const help = new Help(page);
  await widget(page).evaluate(async (element, id) => {
    await customElements.whenDefined("unstuck-help");
    element.suggest([id]);
    element.open();
  }, article);
  await until("the id is suggested", async () => (await suggested(help))[0] === way.title);
  await widget(page).evaluate((element) => element.suggest("passwords show up in the playback"));
  await until("the words are searched", async () => {
    const titles = await suggested(help);
    return titles.length > 0 && titles[0] !== way.title;
  });
  await widget(page).evaluate((element, id) => element.suggest(id), article);
  await until("one id is suggested", async () => String(await suggested(help)) === way.title);
});

journey("contact opens the handover with the note that the host gives", {}, async (page) => {
  await host(page, element());
  await widget(page).evaluate(async (element) => {
    await customElements.whenDefined("unstuck-help");
    await element.contact({ note: "From the host: order 42" });
  });
  const help = new Help(page);
  await help.handover();
  assert.equal(await help.note().inputValue(), "From the host: order 42");
});

journey("A token that the host configures goes along with the report", {}, async (page) => {
  await host(page, element('kb="/unstuck/kb/oxvo.en.kb" contact-endpoint="/api/reports"'));
  const help = new Help(page);
  await widget(page).evaluate(async (element) => {
    await customElements.whenDefined("unstuck-help");
    element.configure({ headers: { "X-Host-Token": "t0k3n" } });
    element.setContext({ user: { id: "1", email: "me@shop.example" } });
  });
  await help.open();
  await help.contact();
  await help.note().fill("With a token.");
  const leaving = page.waitForRequest((request) => request.method() === "POST");
  await help.sendButton().click();
  const headers = (await leaving).headers();
  assert.equal(headers["x-host-token"], "t0k3n");
  assert.ok(headers["idempotency-key"]);
  await help.sendState("Sent").waitFor();
});

journey("reset forgets the guide, the draft and the searches, on screen and on the device", {}, async (page) => {
  await host(page, element());
  const help = new Help(page);
  await help.open();
  await help.find(way.symptom, way.title);
  await help.answer(way.checks[0].label, "Still stuck");
  await help.contact();
  await help.note().fill("Secret words");
  await until("it is kept", () => page.evaluate(() => Object.values(localStorage).some((value) => value.includes("Secret words"))));
  await widget(page).evaluate((element) => element.reset());
  await until("it is gone", () => page.evaluate(() => !Object.values(localStorage).some((value) => value.includes("Secret words"))));
  await page.reload();
  await help.reopen();
  await help.field.waitFor();
  assert.equal(await help.panel.getByRole("button", { name: /^You were at check/ }).count(), 0);
});

journey("reset behind a closed panel takes the mark off the button and leaves no word for who comes next", {}, async (page) => {
  await host(page, element());
  await page.evaluate(() => localStorage.setItem("unstuck-pending:oxvo", `${Date.now() - 60_000}, a check is ready`));
  await page.reload();
  const help = new Help(page);
  await page.getByRole("button", { name: "Help, a check is ready" }).waitFor();
  await widget(page).evaluate((element) => element.reset());
  await page.getByRole("button", { name: "Help", exact: true }).waitFor();
  assert.equal(await help.panel.count(), 0);
  await help.open();
  await help.panel.getByRole("heading", { name: "What's not working?" }).waitFor();
  assert.deepEqual(await help.panel.getByRole("status").allInnerTexts(), [""]);
});

journey("article, heading-level, theme and mode are live", {}, async (page) => {
  await host(page, element());
  const help = new Help(page);
  await help.open();
  await widget(page).evaluate((element, id) => element.setAttribute("article", id), article);
  await help.title(way.title).waitFor();
  assert.equal(await help.panel.getByRole("heading", { level: 2, name: way.title }).count(), 1);
  await widget(page).evaluate((element) => element.setAttribute("heading-level", "5"));
  await help.panel.getByRole("heading", { level: 5, name: way.title }).waitFor();
  const ground = () => help.panel.evaluate((panel) => getComputedStyle(panel).backgroundColor);
  const light = await ground();
  await widget(page).evaluate((element) => element.setAttribute("theme", "dark"));
  await until("the colours change", async () => (await ground()) !== light);
  await help.close();
  await widget(page).evaluate((element) => element.setAttribute("mode", "panel"));
  await help.launcher.waitFor({ state: "hidden" });
  await widget(page).evaluate((element) => element.open());
  await help.panel.waitFor();
});

journey("There is no shortcut unless the host asks for one, and then it needs a modifier and leaves fields alone", {}, async (page) => {
  await host(page, `<label>Name <input id="name"></label>${element()}`);
  const help = new Help(page);
  await help.launcher.waitFor();
  for (const keys of ["/", "Control+k", "?"]) await page.keyboard.press(keys);
  assert.equal(await help.panel.count(), 0);
  await widget(page).evaluate((element) => element.setAttribute("hotkey", "Control+k"));
  await page.locator("#name").focus();
  await page.keyboard.press("Control+k");
  assert.equal(await help.panel.count(), 0, "not while someone types");
  await page.locator("#name").blur();
  await page.keyboard.press("k");
  assert.equal(await help.panel.count(), 0);
  await page.keyboard.press("Control+k");
  await help.field.waitFor();
  await help.close();
  await widget(page).evaluate((element) => element.setAttribute("hotkey", "k"));
  await page.keyboard.press("k");
  await page.waitForTimeout(50);
  assert.equal(await help.panel.count(), 0, "a bare key is no shortcut");
});

journey("A panel that is closed at once stays closed when the rest has arrived", {}, async (page) => {
  await host(page, element(`kb="/unstuck/kb/oxvo.en.kb" open article="${article}"`));
  const help = new Help(page);
  await help.title(way.title).waitFor();
  await help.close();
  await page.waitForTimeout(500);
  assert.equal(await help.panel.count(), 0);
  // The same for a panel that is closed before the second file is there.
  await page.route(/unstuck-depth-/, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    await route.continue();
  });
  await host(page, element('kb="/unstuck/kb/cic.en.kb" open'), { path: "/other.html" });
  await help.field.waitFor();
  await help.close();
  await deepened(page);
  await page.waitForTimeout(300);
  assert.equal(await help.panel.count(), 0);
});

journey("The events tell what a host needs, bubble and cross shadow roots", {}, async (page) => {
  await listen(page);
  await host(page, '<div id="shell"></div>');
  await page.evaluate(() => {
    const root = document.getElementById("shell").attachShadow({ mode: "open" });
    const help = document.createElement("unstuck-help");
    help.setAttribute("kb", "/unstuck/kb/oxvo.en.kb");
    root.append(help);
  });
  const help = new Help(page);
  await help.open();
  await help.find(way.symptom, way.title);
  await help.answer(way.checks[0].label, "Still stuck");
  await help.close();
  const [search] = await heard(page, "search");
  assert.equal(search.chosen, article);
  assert.equal(search.locale, "en");
  assert.deepEqual(await heard(page, "article"), [{ id: article }]);
  const [check] = await heard(page, "check");
  assert.equal(check.article, article);
  assert.equal(check.outcome, "still_stuck");
  for (const name of ["ready", "open", "close"]) assert.equal((await heard(page, name)).length, 1, name);
});

journey("From load to sent report the widget asks nobody but the page's own server, and sets no cookie", { elsewhere: true }, async (page, context) => {
  const strangers = [];
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== new URL(BASE).origin) strangers.push(request.url());
  });
  const help = new Help(page);
  await page.goto(BASE + way.start);
  await help.open();
  await help.find(way.symptom, way.title);
  await help.contact();
  await help.note().fill("No strangers here.");
  await help.send();
  assert.deepEqual(strangers, []);
  assert.deepEqual(await context.cookies(), []);
});
