// What goes wrong around the widget, and what the person must still be able to do.

import assert from "node:assert/strict";
import { BASE, PHONE, inBrowser, journey, touch, until } from "./browser.mjs";
import { Help } from "./help.mjs";
import { PRODUCTS, walk } from "./products.mjs";

inBrowser();

const way = PRODUCTS.oxvo;
const [first, second] = way.checks;

journey("After a reload I find my guide where I left it", {}, async (page) => {
  const help = new Help(page);
  await page.goto(BASE + way.start);
  await help.open();
  await help.find(way.symptom, way.title);
  await help.answer(first.label, "Still stuck");
  await help.check(second.label).waitFor();
  await page.reload();
  await help.reopen();
  await help.resume(second.label);
  await help.back();
  await help.check(first.label).waitFor();
});

journey("What I wrote to support survives a reload", {}, async (page) => {
  const help = new Help(page);
  await page.goto(BASE + way.start);
  await help.open();
  await help.contact();
  await help.note().fill("The inbox is empty since Monday.");
  await until("the draft is kept", () => page.evaluate(() => Object.keys(localStorage).length > 0));
  await page.reload();
  await help.reopen();
  await help.contactButton().or(help.note()).first().waitFor();
  if (!(await help.note().isVisible())) await help.contact();
  assert.equal(await help.note().inputValue(), "The inbox is empty since Monday.");
});

journey("A deep link from the status page opens the product, and my guide goes on there", {}, async (page) => {
  const help = new Help(page, "inline");
  await page.goto(`${BASE}/?product=oxvo`);
  await help.scrollTo();
  await help.find(way.symptom, way.title);
  await walk(help, way.checks.slice(0, 3));
  await help.follow("Channels");
  await page.waitForURL("**/product/oxvo/channels**");
  const there = new Help(page);
  await there.reopen();
  await there.resume(way.checks[3].label);
});

journey("Escape closes the list, then clears the text, then closes the panel, and I am back at the button", {}, async (page) => {
  const help = new Help(page);
  await page.goto(BASE + way.start);
  await help.launcher.focus();
  await page.keyboard.press("Enter");
  await until("the search field has the focus", async () => (await help.field.count()) === 1 && help.hasFocus(help.field));
  await help.type("inbox");
  await help.options.first().waitFor();
  assert.equal(await help.field.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("Escape");
  await help.list.waitFor({ state: "hidden" });
  assert.equal(await help.field.inputValue(), "inbox");
  await page.keyboard.press("Escape");
  await until("the text is cleared", async () => (await help.field.inputValue()) === "");
  await help.panel.waitFor();
  await page.keyboard.press("Escape");
  await help.panel.waitFor({ state: "hidden" });
  await until("the launcher has the focus", () => help.hasFocus(help.launcher));
  assert.equal(await help.launcher.getAttribute("aria-expanded"), "false");
});

journey("The whole guide works by keyboard alone", {}, async (page) => {
  const help = new Help(page);
  await page.goto(BASE + way.start);
  await help.launcher.focus();
  await page.keyboard.press("Enter");
  await help.field.waitFor();
  await help.find(way.symptom, way.title);
  for (const check of way.checks) {
    const button = help.check(check.label).getByRole("button", { name: "Still stuck", exact: true });
    await button.waitFor();
    await until(`Tab reaches "Still stuck" of "${check.label}"`, async () => {
      if (await help.hasFocus(button)) return true;
      await page.keyboard.press("Tab");
      return false;
    });
    await page.keyboard.press("Enter");
  }
  await help.handover();
});

journey("On a page that may not store anything the guide and the report still work", {}, async (page) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("Access is denied for this document.", "SecurityError");
        },
      });
    }
  });
  const help = new Help(page);
  await page.goto(BASE + way.start);
  await help.open();
  await help.find(way.symptom, way.title);
  await walk(help, way.checks);
  await help.handover();
  await help.note().fill("Storage is denied here.");
  const { report } = await help.send();
  assert.equal(report.tried.length, way.checks.length);
});

/** Serves the knowledge base as `change` makes it of the real bytes. */
async function withPack(page, change) {
  await page.route("**/kb/*.kb", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.body()) });
  });
}

const BROKEN_PACKS = {
  "is cut off": (page) => withPack(page, (bytes) => bytes.subarray(0, bytes.length >> 1)),
  "is damaged": (page) => withPack(page, (bytes) => {
    const copy = Buffer.from(bytes);
    for (let at = 8; at < 64; at += 1) copy[at] ^= 0x5a;
    return copy;
  }),
  "is a web page instead": (page) => withPack(page, () => Buffer.from("<!doctype html><title>Sign in</title>")),
  "is not there": (page) => page.route("**/kb/*.kb", (route) => route.fulfill({ status: 404, body: "not found" })),
  "cannot be reached": (page) => page.route("**/kb/*.kb", (route) => route.abort()),
};

for (const [what, breakIt] of Object.entries(BROKEN_PACKS)) {
  journey(`When the knowledge base ${what}, I still reach support, and the page is told why`, { faults: true }, async (page) => {
    const help = new Help(page);
    await breakIt(page);
    await page.goto(BASE + way.start);
    const told = page.evaluate(
      () => new Promise((resolve) => document.addEventListener("unstuck-error", (event) => resolve(event.detail), { once: true })),
    );
    await help.launcher.click();
    await page.getByRole("link", { name: "Contact support" }).first().waitFor({ timeout: 10_000 });
    assert.equal(await page.getByRole("alert").innerText(), "Help", "what else is read is the page's own");
    const detail = await told;
    assert.ok(detail.code && detail.message, JSON.stringify(detail));
  });
}

journey("When the program itself cannot be loaded, the button leads to support", { faults: true }, async (page) => {
  await page.route(/\/unstuck\/.*\.wasm/, (route) => route.abort());
  await page.goto(BASE + way.start);
  const help = new Help(page);
  await help.launcher.click();
  const link = page.getByRole("link", { name: /Contact support|Help/ }).first();
  await link.waitFor({ timeout: 10_000 });
  assert.match(await link.evaluate((element) => element.href), /\/demo\/support\.html\?product=oxvo$/);
});

journey("A query of 10,000 characters leaves the panel usable", {}, async (page) => {
  const help = new Help(page);
  await page.goto(BASE + way.start);
  await help.open();
  await help.field.fill("Error: connection reset by peer at /srv/app/index.js:42 \u{1f642} é ".repeat(160).slice(0, 10_000));
  await help.options.first().or(help.panel.getByText(/^No good match/).first()).first().waitFor();
  const panel = await help.panel.boundingBox();
  assert.ok(panel.width <= 440, "the panel keeps its width");
  await help.find(way.symptom, way.title);
});

journey("For nonsense it says that there is no good match, and offers support", {}, async (page) => {
  const help = new Help(page);
  await page.goto(BASE + way.start);
  await help.open();
  await help.type("zxqv blorptang wibblefrotz");
  await help.panel.getByText(/^No good match/).first().waitFor();
  await help.contactButton().waitFor();
  await until("it is said to a screen reader", async () => {
    const said = await help.panel.getByRole("status").allInnerTexts();
    return said.some((text) => text.trim().startsWith("No good match"));
  });
});

journey("When the server is busy the report waits, and says so", { faults: true }, async (page) => {
  const help = new Help(page);
  let tries = 0;
  await page.route("**/api/reports", (route) => {
    tries += 1;
    return route.fulfill({ status: 503, body: "" });
  });
  await page.goto(BASE + way.start);
  await help.open();
  await help.contact();
  await help.note().fill("Busy server.");
  await help.sendButton().click();
  await help.sendState("Queued").waitFor();
  await page.waitForTimeout(1_500);
  assert.equal(tries, 1, "a busy server is left alone for a while");
});

journey("When the server refuses the report, my words stay and I can copy them", { faults: true }, async (page) => {
  const help = new Help(page);
  await page.route("**/api/reports", (route) => route.fulfill({ status: 422, body: "" }));
  await page.goto(BASE + way.start);
  await help.open();
  await help.contact();
  await help.note().fill("Refused words.");
  await help.sendButton().click();
  await help.sendState("Not sent").waitFor();
  await help.panel.getByRole("button", { name: "Copy report" }).waitFor();
  assert.equal(await help.note().inputValue(), "Refused words.");
});

journey("Where the page does not say who I am, it asks for my e-mail, and only then", {}, async (page) => {
  const help = new Help(page);
  await page.goto(`${BASE + way.start}?guest`);
  await help.open();
  await help.contact();
  await help.email().fill("guest@shop.example");
  await help.note().fill("Who am I?");
  const { report } = await help.send();
  assert.equal(report.from.email, "guest@shop.example");
});

journey("Nothing but the loader is fetched before I want help", {}, async (page) => {
  const fetched = [];
  page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
  await page.goto(BASE + way.start, { waitUntil: "networkidle" });
  await new Help(page).launcher.waitFor();
  assert.deepEqual(fetched.filter((path) => path.startsWith("/unstuck/")), ["/unstuck/unstuck.js"]);
  assert.deepEqual(fetched.filter((path) => path.startsWith("/demo/feeds/")), [], "the status feed waits for the first look");
  await new Help(page).open();
  assert.ok(fetched.some((path) => path.endsWith(".wasm")));
});

journey("On a phone the panel is a sheet, and what is behind it is out of reach", { viewport: PHONE, hasTouch: true, isMobile: true }, async (page) => {
  const help = new Help(page);
  await page.goto(BASE + way.start);
  await touch(help.launcher);
  await help.field.waitFor();
  const box = await help.panel.boundingBox();
  assert.equal(Math.round(box.width), PHONE.width);
  const behind = await page.evaluate(() => {
    const menu = document.querySelector("#menu summary").getBoundingClientRect();
    return document.elementFromPoint(menu.left + 4, menu.top + 4)?.closest("header")?.className ?? "covered";
  });
  assert.equal(behind, "covered");
  await help.find(way.symptom, way.title);
  await help.close();
  await help.launcher.waitFor();
});

journey("On home I see what is down right now", {}, async (page) => {
  const help = new Help(page);
  await page.goto(`${BASE}/product/scopien/home`);
  await help.open();
  const region = help.panel.getByRole("region", { name: "Service status" });
  await region.getByText(/AI Assistant/).first().waitFor();
});

journey("When the status feed cannot be read, it says unknown and never that all is well", { faults: true }, async (page) => {
  await page.route("**/demo/feeds/*.json", (route) => route.fulfill({ status: 500, body: "" }));
  const help = new Help(page);
  await page.goto(`${BASE}/product/scopien/home`);
  await help.open();
  const region = help.panel.getByRole("region", { name: "Service status" });
  await region.getByText("Service status unknown").waitFor();
});

journey("One press beside a troubled service opens its checks", {}, async (page) => {
  const help = new Help(page, "inline");
  await page.goto(`${BASE}/?product=scopien`);
  await page.getByRole("link", { name: "Is it this? See what to check" }).click();
  await help.title("AI answers take long").waitFor();
});

journey("When the program breaks while I write, I still have my words and the page's link", { faults: true }, async (page) => {
  const help = new Help(page);
  await page.goto(BASE + way.start);
  await help.open();
  await help.contact();
  await help.note().fill("Half a sentence about the inbox");
  // The browser refuses what every drawing needs: the program cannot go on.
  await page.evaluate(() => {
    for (const name of ["insertBefore", "appendChild"]) {
      Node.prototype[name] = () => {
        throw new Error("broken on purpose");
      };
    }
  });
  await help.panel.getByRole("button", { name: "Back", exact: true }).click();
  const told = page.getByRole("alert");
  await told.getByText("What happened — Half a sentence about the inbox").waitFor();
  await page.getByRole("link", { name: "Contact support" }).first().waitFor();
  assert.ok(await page.evaluate(() => JSON.stringify({ ...localStorage }).includes("Half a sentence about the inbox")), "it is kept, too");
});

for (const [screen, go, seen] of [
  ["a topic", (help) => help.panel.getByRole("button", { name: /\d+ articles?$/ }).first().click(), (help) => help.panel.getByRole("button", { name: "Back", exact: true })],
  ["a guide", (help) => help.find(way.symptom, way.title), (help) => help.title(way.title)],
  ["the handover", (help) => help.contact(), (help) => help.title("Contact support")],
  ["a list of results", (help) => help.type("inbox"), (help) => help.options.first()],
  ["a happy ending", async (help) => {
    await help.find(way.symptom, way.title);
    await help.answer(first.label, "That fixed it");
  }, (help) => help.title("Glad that fixed it")],
  ["what is kept", async (help) => {
    await help.type("inbox");
    await help.panel.getByRole("button", { name: "What is kept on this device" }).click();
  }, (help) => help.panel.getByRole("button", { name: "Erase" })],
]) {
  journey(`After a reload of ${screen} I am where I was`, {}, async (page) => {
    const help = new Help(page);
    await page.goto(BASE + way.start);
    await help.open();
    await go(help);
    await seen(help).waitFor();
    await until("the place is kept", () => page.evaluate(() => Object.keys(localStorage).some((key) => /^unstuck:oxvo:[^:]*$/.test(key))));
    // What is typed is kept once the typing rests.
    await page.waitForTimeout(700);
    await page.reload();
    await help.reopen();
    await seen(help).waitFor();
  });
}

journey("After a reload of an article that another one led to, Back leads there", {}, async (page) => {
  const help = new Help(page);
  await page.goto(BASE + way.start);
  await help.open();
  await help.panel.getByRole("button", { name: /\d+ articles?$/ }).first().click();
  const article = help.panel.getByRole("link").or(help.panel.getByRole("button")).filter({ hasText: /Guide|Answer/ }).first();
  await article.click();
  await help.contact();
  await page.reload();
  await help.reopen();
  await help.title("Contact support").waitFor();
  await help.back();
  await help.panel.getByRole("group").or(help.panel.getByRole("heading")).first().waitFor();
  await help.back();
  await help.panel.getByRole("button", { name: "Back", exact: true }).waitFor();
  await help.back();
  await help.field.waitFor();
});

journey("Who signs in next on this computer never sees what I wrote", {}, async (page) => {
  const help = new Help(page);
  await page.goto(BASE + way.start);
  await help.open();
  await help.contact();
  await help.note().fill("For my eyes only.");
  await page.evaluate(() => document.querySelector("unstuck-help").setContext({ user: { id: "someone-else" } }));
  await until("my words are gone", async () => !(await page.evaluate(() => document.querySelector("unstuck-help").shadowRoot.querySelector("textarea")?.value ?? "")).includes("For my eyes"));
  assert.doesNotMatch(await page.evaluate(() => document.querySelector("unstuck-help").words ?? ""), /For my eyes/, "nor would they be shown if the program broke now");
  await page.evaluate(() => document.querySelector("unstuck-help").setContext({ user: { id: "u-2041" } }));
  await until("they are back for me", async () => (await page.evaluate(() => document.querySelector("unstuck-help").shadowRoot.querySelector("textarea")?.value ?? "")).includes("For my eyes"));
});
