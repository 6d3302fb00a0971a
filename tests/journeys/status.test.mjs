// Something is down: what a person meets then, and what the page's feed may do to the widget.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { BASE, inBrowser, journey, until } from "./browser.mjs";
import { CALM, feed, outage, serve } from "./feeds.mjs";
import { Help } from "./help.mjs";
import { PRODUCTS } from "./products.mjs";

inBrowser();

const way = PRODUCTS.scopien;
const MINUTE = 60_000;
const ANSWERS = /^(That fixed it|Still stuck|Skip|Run this check|Next|Start the wait)$/;

const region = (help) => help.panel.getByRole("region", { name: "Service status" });
const tell = (help) => help.panel.getByRole("button", { name: "Tell me when it is fixed", exact: true });
const other = (help) => help.panel.getByRole("button", { name: "I have something else", exact: true });

/** Nothing on the screen asks for a check. */
async function noChecks(help) {
  assert.deepEqual(await help.panel.getByRole("button", { name: ANSWERS }).allInnerTexts(), []);
}

/** The widget inside the status page loads when it comes into view. */
const inView = (page) => page.getByRole("heading", { name: "Still stuck?" }).scrollIntoViewIfNeeded();

/** A product page whose panel is open. */
async function opened(page) {
  const help = new Help(page);
  await page.goto(BASE + way.start);
  await help.open();
  return help;
}

journey("During the outage I reach the known incident in one click from search, and nothing asks for a check", {}, async (page) => {
  const help = new Help(page, "inline");
  await page.goto(`${BASE}/?feed=outage`);
  await inView(page);
  await help.type("nothing comes across from salesforce");
  await region(help).getByText("Salesforce sync is down").first().waitFor();
  await noChecks(help);
  const hit = help.options.first();
  assert.match(await hit.innerText(), /Salesforce sync is down now/);
  await hit.click();
  await help.title("Salesforce sync is down").waitFor();
  await region(help).getByText(/since .*\d\d:\d\d/).waitFor();
  await noChecks(help);
  await other(help).click();
  await help.check("See whether Salesforce sync is up").waitFor();
  await region(help).getByText("Known incident: Salesforce sync is down").waitFor();
});

journey("An incident that begins while I am in a guide comes before the next check, and goes when it is over", {}, async (page) => {
  await page.clock.install();
  let now = CALM;
  await serve(page, () => now);
  const help = await opened(page);
  await help.find(way.symptom, way.title);
  await help.check(way.checks[0].label).or(help.check(way.checks[1].label)).first().waitFor();
  now = outage(await page.evaluate(() => Date.now()));
  await page.clock.fastForward(75_000);
  await region(help).getByText("A queue is full and is being moved. No record is lost.").waitFor();
  await noChecks(help);
  await until("the incident is said", async () => (await help.panel.getByRole("status").innerText()).includes("Salesforce sync is down"));
  now = CALM;
  await page.clock.fastForward(75_000);
  await help.panel.getByRole("button", { name: "Still stuck", exact: true }).waitFor();
  assert.equal(await other(help).count(), 0);
});

journey("A feed that hangs holds nothing up and is unknown", { faults: true }, async (page) => {
  await serve(page, () => null);
  const help = await opened(page);
  await region(help).getByText("Service status unknown").waitFor();
  await help.find("where is our data stored", "Where is our data stored?");
});

for (const [what, answer] of Object.entries({
  "is 10 MB long": { contentType: "application/json", body: `{"status":"operational","filler":"${"x".repeat(10 << 20)}"}` },
  "is a page in HTML": { contentType: "text/html", body: "<!doctype html><title>ok</title>operational" },
  "is cut short": { contentType: "application/json", body: CALM.slice(0, -20) },
})) {
  journey(`A feed that ${what} is unknown and told to the page, never "all is well"`, { faults: true }, async (page) => {
    await serve(page, () => answer);
    await page.addInitScript(() => {
      addEventListener("unstuck-error", (event) => { (window.errors ??= []).push(event.detail); });
    });
    const help = await opened(page);
    await until("the page is told", () => page.evaluate(() => window.errors?.some(({ code }) => code === "status")));
    await region(help).getByText("Service status unknown").waitFor();
    assert.equal(await help.panel.getByText("All services work").count(), 0);
  });
}

journey("A feed of another origin without CORS is unknown, and is asked without a preflight", { faults: true, bypassCSP: true }, async (page) => {
  const methods = [];
  const server = createServer((request, response) => {
    methods.push(request.method);
    response.setHeader("Content-Type", "application/json");
    response.end(CALM);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  try {
    const help = new Help(page);
    await page.goto(BASE + way.start);
    await page.evaluate((url) => document.querySelector("unstuck-help").setAttribute("status", url), `http://127.0.0.1:${server.address().port}/feed.json`);
    await help.open();
    await until("it was asked", () => methods.length > 0);
    await region(help).getByText("Service status unknown").waitFor();
    assert.deepEqual([...new Set(methods)], ["GET"]);
  } finally {
    server.close();
  }
});

journey("Two widgets of a page, and a second tab, share one request", {}, async (page, context) => {
  const asked = await serve(page, () => CALM);
  const inline = new Help(page, "inline");
  await page.goto(BASE);
  await inView(page);
  await region(inline).getByText("All services work").waitFor();
  const help = new Help(page);
  await help.open();
  await region(help).getByText("All services work").waitFor();
  assert.equal(asked.length, 1);
  const tab = await context.newPage();
  const elsewhere = await serve(tab, () => CALM);
  const there = await opened(tab);
  await region(there).getByText("All services work").waitFor();
  assert.deepEqual([asked.length, elsewhere.length], [1, 0]);
});

journey("A hidden tab asks for nothing, and catches up when it is looked at again", {}, async (page) => {
  await page.clock.install();
  await page.addInitScript(() => {
    Object.defineProperty(document, "hidden", { get: () => window.away === true });
    window.leave = (away) => {
      window.away = away;
      document.dispatchEvent(new Event("visibilitychange"));
    };
  });
  const asked = await serve(page, () => CALM);
  const help = await opened(page);
  await region(help).getByText("All services work").waitFor();
  assert.equal(asked.length, 1);
  await page.evaluate(() => window.leave(true));
  await page.clock.fastForward(10 * MINUTE);
  assert.equal(asked.length, 1);
  await page.evaluate(() => window.leave(false));
  await until("it catches up", () => asked.length === 2);
  await page.clock.fastForward(50_000);
  assert.equal(asked.length, 2, "at most once a minute");
});

journey("A server that asks to be left alone is left alone", { faults: true }, async (page) => {
  await page.clock.install();
  const asked = await serve(page, () => ({ status: 503, headers: { "Retry-After": "300" }, body: "" }));
  const help = await opened(page);
  await until("it was asked", () => asked.length === 1);
  // Before the answer is read, too, the state is unknown: the clock must not jump until then.
  await page.waitForTimeout(1_000);
  await region(help).getByText("Service status unknown").waitFor();
  await page.clock.fastForward(4 * MINUTE);
  assert.equal(asked.length, 1);
  await page.clock.fastForward(2 * MINUTE);
  await until("it is asked again", () => asked.length === 2);
});

journey("Who asked is told when it is fixed: on the launcher, after a reload, and by a notification that was allowed", {}, async (page) => {
  await page.addInitScript(() => {
    window.notified = [];
    window.Notification = class {
      static requestPermission() {
        window.permits = (window.permits ?? 0) + 1;
        return Promise.resolve("granted");
      }
      constructor(words) {
        window.notified.push(words);
      }
    };
    addEventListener("unstuck-status", (event) => { (window.states ??= []).push(event.detail.services.salesforce_sync); });
  });
  let now = outage();
  await serve(page, () => now);
  const help = await opened(page);
  await help.type("records arrive late from salesforce");
  await tell(help).waitFor();
  assert.equal(await page.evaluate(() => window.permits), undefined, "nobody is asked before the press");
  await tell(help).click();
  await help.panel.getByText("We will tell you here").first().waitFor();
  assert.equal(await page.evaluate(() => window.permits), 1);
  await help.close();
  now = CALM;
  await page.reload();
  await page.getByRole("button", { name: "Help, it is fixed" }).waitFor();
  assert.deepEqual(await page.evaluate(() => [window.notified, window.states]), [["Salesforce sync works again."], ["operational"]]);
  await help.launcher.click();
  await help.panel.getByText("Salesforce sync works again.").first().waitFor();
  await page.getByRole("button", { name: "Help", exact: true }).waitFor();
  await page.reload();
  await page.getByRole("button", { name: "Help", exact: true }).waitFor();
  assert.equal(await page.evaluate(() => localStorage.getItem("unstuck-pending:scopien")), null);
});

journey("What the services are like goes along with the report", {}, async (page) => {
  await serve(page, () => outage());
  const help = await opened(page);
  await help.type("records from salesforce are missing");
  await region(help).getByText("Salesforce sync is down").first().waitFor();
  await help.contact();
  await help.note().fill("Since an hour.");
  if ((await help.email().count()) > 0) await help.email().fill("mara@northwind.example");
  const { report } = await help.send();
  assert.ok(report.status.some(({ service, state }) => service === "salesforce_sync" && state === "major_outage"));
});

journey("A feed that the page hands over counts as one that was fetched", {}, async (page) => {
  await serve(page, () => CALM);
  const help = await opened(page);
  await region(help).getByText("All services work").waitFor();
  await page.evaluate((text) => document.querySelector("unstuck-help").setStatus(JSON.parse(text)), outage());
  await region(help).getByText("Salesforce sync is down").first().waitFor();
});

journey("Old news carry the time that they are from", {}, async (page) => {
  const old = feed({}, { updated_at: new Date(Date.now() - 26 * 3_600_000).toISOString() });
  await serve(page, () => old);
  const help = await opened(page);
  await region(help).getByText(/as of .*\d\d:\d\d/).waitFor();
});

for (const [when, now, words] of [
  ["before", "2026-12-05T12:00:00Z", /Sun,? 6 Dec, 08:00 to 10:00/],
  ["during", "2026-12-06T07:30:00Z", "Under way until 10:00"],
  ["after", "2026-12-06T09:30:00Z", "over since 10:00"],
]) {
  journey(`The monthly maintenance is told in my own time ${when} it`, {}, async (page) => {
    await page.clock.install({ time: new Date(now) });
    await serve(page, () => CALM);
    const help = await opened(page);
    await region(help).getByText("Monthly maintenance").first().waitFor();
    await region(help).getByText(words).first().waitFor();
    await help.type("records arrive late from salesforce");
    await help.options.first().waitFor();
    assert.equal(await other(help).count(), when === "during" ? 1 : 0);
  });
}

journey("The switch of the demo shows each state at once, in the page and in both widgets", {}, async (page) => {
  const help = new Help(page, "inline");
  await page.goto(BASE);
  await inView(page);
  for (const [scene, headline, words] of [
    ["All well", "All systems are up", "All services work"],
    ["Outage", "A system is down", "Salesforce sync is down"],
    ["Maintenance", "Maintenance is under way", "Move of Salesforce sync to new servers"],
    ["Broken feed", "The state is unknown", "Service status unknown"],
    ["Slow", "Some systems are slow", "AI Assistant answers slowly"],
  ]) {
    await page.getByRole("button", { name: scene, exact: true }).click();
    await page.getByRole("heading", { name: headline, exact: true }).waitFor();
    await region(help).getByText(words).first().waitFor();
  }
});
