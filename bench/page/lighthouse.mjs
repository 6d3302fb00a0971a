// Lighthouse on the same page without and with the widget, as a phone on slow 4G (its defaults):
// `node lighthouse.mjs DIST PAGEFIND ARTICLES TIMES CHROMIUM`, called by `cargo xtask bench page`.
// Prints the medians as Markdown. Lighthouse opens nothing: it sees what a page pays at load.

import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { WIDGETS, serve } from "./site.mjs";

const PAGES = ["none", "ours"];

const [dist, pagefind, articles, times, chromePath] = process.argv.slice(2);
const CATEGORIES = { performance: "performance", accessibility: "accessibility", "best-practices": "best practices" };
const AUDITS = { "total-blocking-time": "blocking time, ms", "first-contentful-paint": "first paint, ms", "largest-contentful-paint": "largest paint, ms" };

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

const { server, origin } = await serve({ dist, pagefind, articles });
const chrome = await launch({ chromePath, chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"] });
const found = {};
for (let time = 0; time < Number(times); time += 1) {
  // In turns, so that what else the machine does falls on both.
  for (const id of PAGES) {
    const options = { port: chrome.port, onlyCategories: Object.keys(CATEGORIES), output: "json", logLevel: "error" };
    const { lhr } = await lighthouse(`${origin}/long/${id}.html`, options);
    if (lhr.runtimeError) throw new Error(`Lighthouse on ${id}: ${lhr.runtimeError.message}`);
    (found[id] ??= []).push(lhr);
    console.error(`lighthouse ${time + 1}/${times} ${id}`);
  }
}
chrome.kill();
server.close();

const score = (id, category) => median(found[id].map((lhr) => Math.round(lhr.categories[category].score * 100)));
const lines = [`### Lighthouse, median of ${times}`, ""];
lines.push(`| | ${[...Object.values(CATEGORIES), ...Object.values(AUDITS)].join(" | ")} |`);
lines.push(`|---|${"---|".repeat(Object.keys(CATEGORIES).length + Object.keys(AUDITS).length)}`);
for (const id of PAGES) {
  const { name } = WIDGETS[id];
  const scores = Object.keys(CATEGORIES).map((category) => score(id, category));
  const values = Object.keys(AUDITS).map((audit) => Math.round(median(found[id].map((lhr) => lhr.audits[audit].numericValue))));
  lines.push(`| ${[name, ...scores, ...values].join(" | ")} |`);
}
lines.push("");
for (const [category, name] of Object.entries(CATEGORIES)) {
  const [without, with_] = [score("none", category), score("ours", category)];
  lines.push(`- ${with_ >= without - 2 ? "met" : "**NOT met**"}: Lighthouse's ${name} within 2 points of the page alone (${with_} against ${without})`);
}
// What it holds against the page with the widget, and not against the page alone.
const faults = (id) => Object.values(found[id][0].audits).filter((audit) => audit.score !== null && audit.score < 0.9).map((audit) => audit.id);
const added = faults("ours").filter((audit) => !faults("none").includes(audit));
lines.push(`- What Lighthouse finds with the widget that it does not find without: ${added.join(", ") || "nothing"}.`);
console.log(lines.join("\n"));
