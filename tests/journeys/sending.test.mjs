// Reports over a network that fails at random, with reloads and a second tab: each one
// arrives, once by its key, and the screen always tells how it stands.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before } from "node:test";
import { BASE, inBrowser, journey } from "./browser.mjs";
import { Help } from "./help.mjs";

inBrowser();

// A few in the daily run; UNSTUCK_SENDS=200 for the long one. The same is played through two hundred
// times without a browser in the core's tests.
const SENDS = Number(process.env.UNSTUCK_SENDS ?? 16);
const LANES = SENDS / 8;

/** Numbers between 0 and 1 from a seed, so that a failure can be repeated. */
const random = (seed) => () => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

// What the server took: notes by key, in the order in which bodies came.
const taken = new Map();
const faults = new Map();
let server, port;

before(async () => {
  const draw = random(42);
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      const { id, note } = JSON.parse(body);
      // Firefox leaves the page's own headers out where Playwright leads a request to another address.
      const key = request.headers["idempotency-key"] ?? id;
      assert.equal(key, id);
      const take = () => taken.set(key, [...(taken.get(key) ?? []), note]);
      const chance = draw();
      const fault = ["500", "429", "dropped", "taken, then dropped"][Math.floor(chance * 10)] ?? "none";
      faults.set(fault, (faults.get(fault) ?? 0) + 1);
      if (fault === "500") return response.writeHead(500).end();
      if (fault === "429") return response.writeHead(429, { "retry-after": "1" }).end();
      if (fault === "dropped") return request.socket.destroy();
      take();
      if (fault === "taken, then dropped") return request.socket.destroy();
      response.writeHead(202, { "content-type": "application/json" }).end(JSON.stringify({ id: key }));
    });
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  port = server.address().port;
});
after(() => server.close());

const state = (help) => help.panel.getByRole("status").last().textContent();

/** Sends one report and sees it through. */
async function sendOne(help, other, note, draw) {
  const { page } = help;
  await help.contact();
  await help.note().fill(note);
  await help.sendButton().click();
  for (let round = 0; round < 60; round += 1) {
    // A page that was left in the middle of a try leaves the report "sending" for half a minute.
    let words = "";
    const end = Date.now() + 3_000;
    while (!/^(Sent|Queued)/.test((words = await state(help))) && Date.now() < end) await page.waitForTimeout(30);
    assert.match(words, /^(Sent|Queued|Sending)/, `"${note}" says "${words}" in round ${round}, ${await page.evaluate(() => new Date().toISOString())}, ${JSON.stringify([...faults])}`);
    const arrived = [...taken.values()].some((notes) => notes.includes(note));
    if (words.startsWith("Sent")) {
      assert.ok(arrived, `"${note}" is said to be sent and is not there`);
      return;
    }
    // Now and then the person loads the page anew while the report waits.
    if (draw() < 0.2) {
      await page.reload();
      await help.reopen();
      await help.title("Contact support").waitFor();
    }
    // The network comes back, for this tab or for both.
    const tabs = draw() < 0.3 ? [page, other] : [page];
    await Promise.all(tabs.map((tab) => tab.evaluate(() => dispatchEvent(new Event("online")))));
    await page.waitForTimeout(100);
  }
  assert.fail(`"${note}" never arrived`);
}

for (let lane = 0; lane < LANES; lane += 1) {
  journey(`Reports arrive once each over a network that fails at random, lane ${lane + 1} of ${LANES}`, { faults: true }, async (page, context) => {
    await context.route("**/api/reports", (route) => route.continue({ url: `http://127.0.0.1:${port}/reports` }));
    const other = await context.newPage();
    for (const tab of [other, page]) await tab.goto(`${BASE}/product/oxvo`);
    await new Help(other).open();
    const help = new Help(page);
    await help.open();
    const draw = random(lane + 1);
    const notes = Array.from({ length: SENDS / LANES }, (_, n) => `Lane ${lane}, report ${n}`);
    for (const note of notes) await sendOne(help, other, note, draw);
    const mine = [...taken].filter(([, all]) => all[0].startsWith(`Lane ${lane},`));
    assert.deepEqual(mine.map(([, all]) => all[0]).sort(), [...notes].sort(), "each report is there, under a key of its own");
    for (const [key, all] of mine) assert.equal(new Set(all).size, 1, `the key ${key} always has the same report`);
    assert.ok(faults.size > 3, `the network failed in many ways: ${[...faults.keys()]}`);
  });
}

journey("A report that I send while offline waits, and goes out once the network is back", { faults: true }, async (page, context) => {
  const help = new Help(page);
  let arrived = 0;
  await page.route("**/api/reports", (route) => {
    arrived += 1;
    return route.fulfill({ status: 202, contentType: "application/json", body: "{}" });
  });
  await page.goto(`${BASE}/product/oxvo`);
  await help.open();
  await help.contact();
  await help.note().fill("Written in a tunnel.");
  await page.unroute("**/api/reports");
  await context.setOffline(true);
  await help.sendButton().click();
  await help.sendState("Queued").waitFor();
  await page.route("**/api/reports", (route) => {
    arrived += 1;
    return route.fulfill({ status: 202, contentType: "application/json", body: "{}" });
  });
  await context.setOffline(false);
  await help.sendState("Sent").waitFor();
  assert.equal(arrived, 1);
});
