// The snippets of docs/embedding.md as people paste them: files from another origin, under the
// policy that the page names, pinned by their hash. What a bundler does: npm.test.mjs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { after, before } from "node:test";
import { inBrowser, journey } from "./browser.mjs";
import { Help } from "./help.mjs";
import { PRODUCTS } from "./products.mjs";

inBrowser();

const root = new URL("../../", import.meta.url);
const MIME = { ".js": "text/javascript", ".wasm": "application/wasm", ".txt": "text/plain; charset=utf-8" };
const way = PRODUCTS.scopien;
const guide = readFileSync(new URL("docs/embedding.md", root), "utf8");
/** The code below a heading of the page, block by block. */
const snippets = (heading) => {
  const [, text] = guide.split(new RegExp(`^#+ ${heading}\n`, "m"));
  return [...text.split(/^#+ [A-Z]/m)[0].matchAll(/^```.*\n([^]*?)^```$/gm)].map(([, code]) => code);
};

const hosts = [];
async function serve(answer) {
  const server = createServer((request, response) => answer(new URL(request.url, "http://localhost").pathname, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  hosts.push(server);
  return `http://127.0.0.1:${server.address().port}`;
}

let files, site, body, policy;

before(async () => {
  // The widget's files, as `dist/_headers` has them served, under any folder.
  files = await serve(async (path, response) => {
    const inside = path.replace(/^\/(unstuck|0\.1\.0)\//, "dist/");
    try {
      const bytes = await readFile(new URL(inside, root));
      response.writeHead(200, { "content-type": MIME[extname(path)] ?? "application/octet-stream", "access-control-allow-origin": "*" }).end(bytes);
    } catch {
      response.writeHead(404, { "access-control-allow-origin": "*" }).end();
    }
  });
  site = await serve((path, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...(policy && { "content-security-policy": policy }) });
    response.end(`<!doctype html><html lang="en"><head><title>A host</title><link rel="icon" href="data:,"></head><body>${body}</body></html>`);
  });
});

after(() => {
  for (const server of hosts) {
    server.closeAllConnections();
    server.close();
  }
});

/** A snippet with the example's server replaced by ours. */
const here = (code) => code.replaceAll("https://help.example.com", files).replaceAll("https://api.example.com", site);

async function findsAGuide(page) {
  const help = new Help(page);
  await page.goto(site);
  await help.open();
  await help.find(way.symptom, way.title);
}

journey("A line of HTML that I paste loads the widget from another origin", { elsewhere: true }, async (page) => {
  const [line] = snippets("Where only HTML may be pasted");
  assert.equal(line.trim().split("\n").length, 1, "editors make paragraphs of lines");
  [body, policy] = [here(line), undefined];
  await findsAGuide(page);
});

journey("Where the editor drops elements, the pasted script makes it", { elsewhere: true }, async (page) => {
  [body, policy] = [here(snippets("Where only HTML may be pasted")[1]), undefined];
  await findsAGuide(page);
});

/** The documented policy and the documented tag with its hash, around a widget. */
function pinned(widget) {
  const [strict, elsewhere] = snippets("Content security policy");
  // Directives of the second block take the place of those of the first.
  const named = (text) => text.split(";").map((one) => one.trim().replace(/\s+/g, " ")).filter(Boolean).map((one) => [one.split(" ")[0], one]);
  policy = here(Object.values({ ...Object.fromEntries(named(strict)), ...Object.fromEntries(named(elsewhere)) }).join("; "));
  // The page has an icon of its own, which the widget does not need.
  policy = policy.replace("img-src 'self'", "img-src 'self' data:");
  const { integrity } = JSON.parse(readFileSync(new URL("dist/manifest.json", root), "utf8")).files.find(({ path }) => path === "unstuck.js");
  const [tag] = snippets("From another origin");
  body = here(tag).replace("sha384-…", integrity) + widget;
  assert.ok(body.includes(integrity));
  assert.match(policy, /^default-src .none.; script-src .self. http:\S+ .wasm-unsafe-eval.; .*trusted-types .none.$/);
}

journey("Under the documented policy for another origin, pinned by its hash, the widget works", { elsewhere: true }, async (page) => {
  pinned(`<unstuck-help kb="${files}/unstuck/kb/scopien.en.kb"><a href="/support">Contact support</a></unstuck-help>`);
  await findsAGuide(page);
});

journey("Under that policy every file of another origin may be checked by its hash, and the widget works", { elsewhere: true }, async (page) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  const [, strict] = snippets("From another origin");
  assert.match(strict, / integrity="strict" /);
  pinned(here(strict).replace(">…<", '><a href="/support">Contact support</a><'));
  await findsAGuide(page);
  assert.ok(asked.some((url) => url.startsWith(`${files}/0.1.0/unstuck-strict-`)), String(asked));
});

journey("A loader that is not the pinned one does not run, and the page's own link is there", { elsewhere: true, faults: true }, async (page) => {
  [body, policy] = [here(snippets("From another origin")[0]).replace("sha384-…", `sha384-${"A".repeat(64)}`) + '<unstuck-help kb="/x.en.kb"><a href="/support">Contact support</a></unstuck-help>', undefined];
  await page.goto(site);
  await page.getByRole("link", { name: "Contact support" }).waitFor();
  assert.equal(await page.evaluate(() => customElements.get("unstuck-help")), undefined);
});
