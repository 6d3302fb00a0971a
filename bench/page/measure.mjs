// Measures what a widget costs a page, in Chromium with a CPU four times slower and a slow 4G line:
// `node measure.mjs DIST PAGEFIND ARTICLES TIMES CHROMIUM`, called by `cargo xtask bench page`.
// Prints the tables as Markdown. What the figures mean stands in docs/bench-page.md.

import { chromium } from "playwright-core";
import { WIDGETS, serve } from "./site.mjs";

const [dist, pagefind, articles, times, executablePath] = process.argv.slice(2);
/** Lighthouse's slow 4G: 150 ms, 1.6 Mbit/s down, 750 kbit/s up. */
const LINE = { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 };
const SLOWER = 4;
/** A word that all of them find something for. */
const QUERY = "salesforce";

/** In the page, before anything else: nothing kept from the visit before, long tasks, shifts, and when the caret and the first hit are there. */
function watch() {
  // The query is kept for a reload: hits that stand there already would flatter the next visit.
  localStorage.clear();
  const seen = { tasks: [], shift: 0 };
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration })))).observe({ type: "longtask", buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  addEventListener("pointerdown", (event) => (seen.pressed ??= event.timeStamp), true);
  const deep = (root, css) => {
    const found = root.querySelector(css);
    if (found) return found;
    for (const host of root.querySelectorAll("unstuck-help")) {
      const inner = host.shadowRoot?.querySelector(css);
      if (inner) return inner;
    }
    return null;
  };
  const caret = () => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.matches("input");
  };
  const when = (ask) =>
    new Promise((resolve) => {
      const look = () => (ask() ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now()))) : requestAnimationFrame(look));
      look();
    });
  window.bench = {
    seen,
    caret: () => when(() => seen.pressed !== undefined && caret()),
    hit: (css) => when(() => deep(document, css)?.getClientRects().length > 0),
  };
}

/** Counts what goes over the line, by the protocol's own figures. */
async function tally(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const sum = { requests: 0, bytes: 0, open: new Set() };
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (request.url.startsWith("data:")) return;
    sum.requests += 1;
    sum.open.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    sum.bytes += encodedDataLength;
    sum.open.delete(requestId);
  });
  session.on("Network.loadingFailed", ({ requestId }) => sum.open.delete(requestId));
  await session.send("Network.emulateNetworkConditions", LINE);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await session.send("Performance.enable");
  /** Time that scripts have taken so far, in ms. */
  const scripting = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1000 * metrics.find(({ name }) => name === "ScriptDuration").value;
  };
  const quiet = async () => {
    let since = Date.now();
    // A worker's script is asked for here and arrives elsewhere: nothing is waited for without end.
    const end = since + 10_000;
    while (Date.now() - since < 1_000 && Date.now() < end) {
      if (sum.open.size > 0) since = Date.now();
      await new Promise((resume) => setTimeout(resume, 50));
    }
  };
  return { sum, quiet, scripting };
}

/** One visit: load, rest and, on the long page, press, type, see. */
async function visit(context, origin, length, id) {
  const widget = WIDGETS[id];
  const page = await context.newPage();
  await page.addInitScript(watch);
  const { sum, quiet, scripting } = await tally(page);
  const beforehand = await scripting();
  await page.goto(`${origin}/${length}/${id}.html`, { waitUntil: "load" });
  await quiet();
  const scripts = (await scripting()) - beforehand;
  const load = { requests: sum.requests, bytes: sum.bytes };
  const before = await page.evaluate(() => ({ tasks: bench.seen.tasks, shift: bench.seen.shift }));
  const longest = Math.max(0, ...before.tasks.map(({ duration }) => duration));
  const out = { loadRequests: load.requests, loadBytes: load.bytes, longest, scripts, shift: before.shift };
  if (widget.button && length === "long") {
    const button = page.locator(widget.button).first();
    await button.waitFor();
    const caret = page.evaluate(() => bench.caret());
    await button.click();
    out.caret = await caret;
    const hit = page.evaluate((css) => bench.hit(css), widget.hit);
    await page.keyboard.type(QUERY);
    out.usable = await hit;
    const pressed = await page.evaluate(() => bench.seen.pressed);
    out.caret -= pressed;
    out.usable -= pressed;
    await quiet();
    out.openRequests = sum.requests - load.requests;
    out.openBytes = sum.bytes - load.bytes;
    out.shift = await page.evaluate(() => bench.seen.shift);
  }
  await page.close();
  return out;
}

const median = (values) => {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length === 0) return undefined;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
};

const { server, origin } = await serve({ dist, pagefind, articles });
const browser = await chromium.launch({ executablePath, args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"] });
const visits = {};
const ids = Object.keys(WIDGETS);
for (let time = 0; time < Number(times); time += 1) {
  // In turns, each time from another one on, so that what else the machine does falls on all of them.
  for (const id of [...ids.slice(time % ids.length), ...ids.slice(0, time % ids.length)]) {
    for (const length of ["long", "short"]) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      for (const cache of ["cold", "warm"]) {
        (visits[`${length} ${id} ${cache}`] ??= []).push(await visit(context, origin, length, id));
      }
      await context.close();
    }
    console.error(`${time + 1}/${times} ${id}`);
  }
}
await browser.close();
server.close();

const of = (length, id, cache, what) => median(visits[`${length} ${id} ${cache}`].map((visit) => visit[what]));
const kb = (bytes) => (bytes === undefined ? "" : (bytes / 1024).toFixed(1));
const ms = (time) => (time === undefined ? "" : Math.round(time).toString());
const lines = [];
/** A table with a row a widget; a column is its title and what stands in it. */
const table = (columns) => {
  lines.push(`| | ${columns.map(([title]) => title).join(" | ")} |`, `|---|${columns.map(() => "---|").join("")}`);
  for (const id of ids) lines.push(`| ${WIDGETS[id].name} | ${columns.map(([, value]) => value(id)).join(" | ")} |`);
  lines.push("");
};
for (const cache of ["cold", "warm"]) {
  const value = (id, what) => of("long", id, cache, what);
  // What the page itself costs is taken off, so that a row is the widget's own.
  const own = (id, what) => value(id, what) - (id === "none" ? 0 : value("none", what));
  lines.push(`### ${cache === "cold" ? "Cold: nothing in the cache" : "Warm: the second visit"}`, "");
  table([
    ["requests at load", (id) => own(id, "loadRequests")],
    ["KB at load", (id) => kb(own(id, "loadBytes"))],
    ["requests after the press", (id) => value(id, "openRequests") ?? ""],
    ["KB after the press", (id) => kb(value(id, "openBytes"))],
    ["click to caret, ms", (id) => ms(value(id, "caret"))],
    ["click to first hit, ms", (id) => ms(value(id, "usable"))],
    ["layout shift", (id) => value(id, "shift").toFixed(3)],
  ]);
}
lines.push("### Before opening: tasks of the main thread", "");
const tasks = [];
for (const length of ["long", "short"]) {
  for (const cache of ["cold", "warm"]) tasks.push([`longest, ${length} page, ${cache}, ms`, (id) => ms(of(length, id, cache, "longest"))]);
}
for (const cache of ["cold", "warm"]) tasks.push([`scripts, short page, ${cache}, ms`, (id) => ms(of("short", id, cache, "scripts"))]);
table(tasks);
const bar = (what, met, found) => lines.push(`- ${met ? "met" : "**NOT met**"}: ${what} (${found})`);
for (const cache of ["cold", "warm"]) {
  for (const peer of ["docsearch", "pagefind"]) {
    const [ours, theirs] = [of("long", "ours", cache, "usable"), of("long", peer, cache, "usable")];
    bar(`click to usable search faster than ${WIDGETS[peer].name}, ${cache}`, ours < theirs, `${ms(ours)} ms against ${ms(theirs)} ms`);
  }
}
for (const cache of ["cold", "warm"]) {
  const [ours, alone] = [of("short", "ours", cache, "longest"), of("short", "none", cache, "longest")];
  bar(`no task over 50 ms before opening, ${cache}`, ours <= 50, `${ms(ours)} ms; the page alone ${ms(alone)} ms`);
}
bar("no layout shift", of("long", "ours", "cold", "shift") <= of("long", "none", "cold", "shift"), of("long", "ours", "cold", "shift").toFixed(3));
console.log(lines.join("\n"));
