// Checks that the browser runs, against servers with real faults: an error, no answer, no leave to
// read, a wrong clock, a socket that closes at once, a script that cannot be had, a strict policy.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { after, before } from "node:test";
import { BASE, inBrowser, journey, until } from "./browser.mjs";
import { CALM, serve } from "./feeds.mjs";
import { Help } from "./help.mjs";

inBrowser();

const asked = [];
let server, away;

/** A server of another origin. Its paths are named for their faults. */
before(async () => {
  const open = { "access-control-allow-origin": "*" };
  server = createServer((request, response) => {
    const path = request.url.split("?")[0];
    asked.push(path);
    if (path === "/hangs") return;
    const late = new Date(Date.now() - 600_000).toUTCString();
    const [status, headers] = {
      "/fine": [200, open],
      "/error": [503, open],
      "/silent": [200, {}],
      "/clock": [200, { ...open, "access-control-expose-headers": "Date", date: late }],
      "/script.js": [200, { "content-type": "text/javascript" }],
    }[path] ?? [404, open];
    response.writeHead(status, headers).end("{}");
  });
  server.on("upgrade", (request, socket) => {
    const magic = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    const accept = createHash("sha1").update(request.headers["sec-websocket-key"] + magic).digest("base64");
    socket.on("error", () => {});
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
    // A close frame with the code 1013, "try again later".
    if (request.url === "/closes") socket.end(Buffer.from([0x88, 2, 0x03, 0xf5]));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  away = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.closeAllConnections?.() ?? server.close());
after(() => server.close());

/** Opens an article of a product whose host has named addresses for probes. */
async function begin(page, article, probes = {}) {
  const help = new Help(page);
  await page.goto(`${BASE}/product/${article.split("/")[0]}`);
  await page.evaluate(async ([article, probes]) => {
    await customElements.whenDefined("unstuck-help");
    const widget = document.querySelector("unstuck-help:not([mode=inline])");
    widget.configure({ probes });
    await widget.show(article);
  }, [article, probes]);
  return help;
}

const says = (help, text) => help.panel.getByText(text).first().waitFor();

const HEALTH = ["cic/api/5xx", "Check whether the portal"];

for (const [path, words] of [
  ["/error", "Failed: it answers with error 503"],
  ["/silent", "Could not run: it answers, but does not let this page see how"],
  ["/hangs", "Could not run: no answer within 10 seconds"],
]) {
  journey(`An address that ends in ${path} is told in plain words, and the check goes on`, { faults: true, bypassCSP: true }, async (page) => {
    const help = await begin(page, HEALTH[0], { "http-health": { url: away + path } });
    await says(help, words);
    await help.check(HEALTH[1]).getByRole("button", { name: "Still stuck", exact: true }).waitFor();
  });
}

journey("An address that answers ticks the check without a press", { bypassCSP: true }, async (page) => {
  const help = await begin(page, HEALTH[0], { "http-health": { url: `${away}/fine` } });
  await help.title("Contact support").waitFor();
  await says(help, "Passed");
});

journey("An address that nobody listens at is told as not answering", { faults: true, bypassCSP: true }, async (page) => {
  const help = await begin(page, HEALTH[0], { "http-health": { url: "http://127.0.0.1:9/" } });
  await says(help, "Failed: it does not answer");
});

journey("Another server that the knowledge base names is shown and asked only when I press", { faults: true, elsewhere: true, bypassCSP: true }, async (page) => {
  const requests = [];
  page.on("request", (request) => requests.push(request.url()));
  const help = await begin(page, "scopien/diagnostics/connection-test");
  await says(help, "It asks https://api.scopien.com/v1/health");
  await page.waitForTimeout(500);
  assert.deepEqual(requests.filter((url) => url.includes("api.scopien.com")), []);
  await page.route("https://api.scopien.com/**", (route) => route.fulfill({ status: 502, headers: { "access-control-allow-origin": "*" } }));
  await help.panel.getByRole("button", { name: "Run this check" }).click();
  await says(help, "Failed: it answers with error 502");
});

journey("A clock that is ten minutes off is found against the server's", { bypassCSP: true }, async (page) => {
  const help = await begin(page, "scopien/login/mfa-code-rejected", { clock: { url: `${away}/clock` } });
  await says(help, "Failed: the clock of this device is 10 minutes ahead");
});

journey("A clock that is right ticks the check by the page's own server", { bypassCSP: true }, async (page) => {
  const help = await begin(page, "scopien/login/mfa-code-rejected");
  await help.check("Synchronise the time").waitFor();
});

journey("A socket that closes at once is not called open", { faults: true, bypassCSP: true }, async (page) => {
  await serve(page, () => CALM);
  const socket = { websocket: { url: `${away.replace("http", "ws")}/closes` } };
  const help = await begin(page, "scopien/ai/not-responding", socket);
  await walkTo(help, "See whether the assistant's socket");
  // WebKitGTK keeps the code to itself and says 1006, "ended abnormally".
  await says(help, /Failed: the connection was closed again at once \(code 10(13|06)\)/);
});

journey("A socket that stays open ticks the check", { bypassCSP: true }, async (page) => {
  await serve(page, () => CALM);
  const socket = { websocket: { url: `${away.replace("http", "ws")}/stays` } };
  const help = await begin(page, "scopien/ai/not-responding", socket);
  await walkTo(help, "See whether the assistant's socket");
  await help.check("Open the console").waitFor();
});

journey("A script that a filter blocks is told apart from one that loads", { faults: true, elsewhere: true, bypassCSP: true }, async (page) => {
  await page.route("**/script.js", (route) => route.abort("blockedbyclient"));
  const blocked = await begin(page, "cic/login/captcha-failed", { "script-load": { url: `${away}/script.js` } });
  await says(blocked, "Failed: the script cannot be loaded");
  await page.unroute("**/script.js");
  const fine = await begin(page, "cic/login/captcha-failed", { "script-load": { url: `${away}/script.js` } });
  await fine.check("Open the sign-in page in another browser").waitFor();
});

journey("Where the page's policy forbids the address, that is the reason I read", { faults: true }, async (page) => {
  const help = await begin(page, HEALTH[0], { "http-health": { url: `${away}/fine` } });
  await says(help, "Could not run: the security policy of this page does not allow it");
});

journey("A key that I paste is judged here, sent nowhere and kept nowhere", { bypassCSP: true }, async (page) => {
  const key = "pk_live_4242424242424242";
  const bodies = [];
  page.on("request", (request) => bodies.push(request.url() + (request.postData() ?? "")));
  const help = await begin(page, "scopien/api/authentication-fails");
  await help.panel.getByRole("textbox", { name: "Paste the key" }).fill(key);
  await help.panel.getByRole("button", { name: "Run this check" }).click();
  await says(help, "Failed: it does not begin with sk_");
  await help.panel.getByRole("textbox", { name: "Paste the key" }).fill("sk_live_0123456789");
  await help.panel.getByRole("button", { name: "Run it again" }).click();
  await help.check("Test whether the key").waitFor();
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.ok(!kept.includes(key) && !bodies.some((body) => body.includes(key)));
});

/** Says "Still stuck" to every check before the wanted one. */
async function walkTo(help, wanted) {
  for (let step = 0; step < 12; step += 1) {
    const here = help.panel.getByRole("group").filter({ has: help.page.getByRole("button", { name: "Still stuck" }) });
    await here.or(help.check(wanted)).first().waitFor();
    const name = await here.first().getAttribute("aria-label").catch(() => "");
    if (name?.startsWith(wanted) || (await help.check(wanted).count()) > 0) return;
    await here.first().getByRole("button", { name: "Still stuck", exact: true }).click();
    // Else a slow browser shows the same check once more, and the next press meets the one after it.
    if (name) await help.check(name).waitFor({ state: "hidden" });
    await until("the next check is there", async () => (await here.count()) === 0 || (await here.first().getAttribute("aria-label")) !== name);
  }
}
