// The pages of the benchmark: one article page, without and with each widget installed as its own
// documentation says, and the server for them. The files are made by `cargo xtask bench page`.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const PACKAGES = new URL("../node_modules/", import.meta.url).pathname;
const MIME = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json", ".kb": "application/octet-stream", ".more": "application/octet-stream" };

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** How each widget is installed, and how a person sees that it is ready. */
export const WIDGETS = {
  none: { name: "the page alone", head: "", body: "" },
  ours: {
    name: "Unstuck",
    head: `<script type="module" async src="/unstuck/unstuck.js"></script>`,
    body: `<unstuck-help kb="/unstuck/kb/scopien.en.kb"><a href="/support.html">Contact support</a></unstuck-help>`,
    // Beside the button's shadow root there is none to be found by CSS: the first button in it.
    button: "unstuck-help >> button",
    hit: `[role="option"]`,
  },
  docsearch: {
    name: "DocSearch 5.2.0, keywords alone",
    head: `<link rel="stylesheet" href="/docsearch/style.css">`,
    body: `<script src="/docsearch/docsearch.js"></script><script>
      docsearch({
        container: "#search", appId: "STUB", apiKey: "stub", indices: ["scopien"], insights: false,
        // The stub of Algolia's service stands on this server: the same wire, no work but a look-up.
        transformSearchClient: (client) => ({ ...client, search: (asked) => fetch("/algolia", { method: "POST", body: JSON.stringify(asked.requests ?? asked) }).then((answer) => answer.json()) }),
      });
    </script>`,
    button: ".DocSearch-Button",
    hit: ".DocSearch-Hit",
  },
  pagefind: {
    name: "Pagefind's default interface 1.5.2",
    head: `<link href="/pagefind/pagefind-ui.css" rel="stylesheet"><script src="/pagefind/pagefind-ui.js"></script>`,
    body: `<script>
      window.addEventListener("DOMContentLoaded", () => {
        new PagefindUI({ element: "#search", showSubResults: true, showImages: false });
      });
    </script>`,
    button: ".pagefind-ui__search-input",
    hit: ".pagefind-ui__result-link",
  },
};

/** How many articles a page holds: a long one of 30 KB for times, and one whose own tasks are short. */
const ARTICLES = { long: 20, short: 3 };

/** A page of a help centre: plain text, a navigation, no picture, no script of its own. */
function page({ head, body }, articles) {
  const text = articles
    .map(({ title, body }) => `<h2>${escape(title)}</h2>${body.split("\n").map((line) => `<p>${escape(line)}</p>`).join("")}`)
    .join("");
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Help</title>
    <meta name="viewport" content="width=device-width"><meta name="description" content="Help with Scopien">
    <link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css">${head}</head>
    <body><header><strong>Scopien</strong><div id="search"></div></header><main><h1>Help</h1>${text}</main>${body}</body></html>`;
}

const STYLE = "body{margin:0;font:16px/1.5 sans-serif}header{display:flex;justify-content:space-between;align-items:start;padding:12px 24px;min-height:64px;border-bottom:1px solid #ddd}#search{min-width:320px}main{max-width:720px;margin:24px auto}";

/** Answers as Algolia's service does: articles that hold all words, titles first. */
function algolia(articles, requests) {
  return {
    results: requests.map(({ indexName, params, query = params?.query ?? "" }) => {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      const found = articles.filter((article) => words.every((word) => `${article.title} ${article.phrasings} ${article.body}`.toLowerCase().includes(word)));
      const hits = found.slice(0, 20).map(({ id, title }) => {
        const hierarchy = { lvl0: "Help", lvl1: title, lvl2: null, lvl3: null, lvl4: null, lvl5: null, lvl6: null };
        const marked = { lvl0: { value: "Help", matchLevel: "none", matchedWords: [] }, lvl1: { value: `<mark>${title}</mark>`, matchLevel: "full", matchedWords: words } };
        return { objectID: id, url: `/${id}`, type: "lvl1", content: null, anchor: null, hierarchy, _highlightResult: { hierarchy: marked }, _snippetResult: { hierarchy: marked } };
      });
      return { index: indexName ?? "scopien", hits, nbHits: hits.length, page: 0, nbPages: 1, hitsPerPage: 20, query, processingTimeMS: 1, exhaustiveNbHits: true, params: "" };
    }),
  };
}

/** Serves everything with brotli, what has a hash in its name for ever, as each of them advises. */
export async function serve({ dist, pagefind, articles }) {
  const all = JSON.parse(readFileSync(articles, "utf8"));
  const kept = new Map();
  const file = (path) => {
    const [, top, ...rest] = path.split("/");
    const below = normalize(rest.join("/"));
    if (below.startsWith("..")) return undefined;
    if (top === "unstuck") return readFileSync(join(dist, below));
    if (top === "pagefind") return readFileSync(join(pagefind, below));
    if (path === "/docsearch/docsearch.js") return readFileSync(join(PACKAGES, "@docsearch/js/dist/umd/docsearch.js"));
    if (path === "/docsearch/style.css") return readFileSync(join(PACKAGES, "@docsearch/css/dist/style.css"));
    if (path === "/page.css") return Buffer.from(STYLE);
    const [, length, id] = /^\/(long|short)\/(\w+)\.html$/.exec(path) ?? [];
    return id && Buffer.from(page(WIDGETS[id], all.slice(0, ARTICLES[length])));
  };
  const pack = (path) => {
    if (!kept.has(path)) {
      let bytes;
      try {
        bytes = file(path);
      } catch {
        bytes = undefined;
      }
      // Pagefind's parts are compressed already.
      const small = bytes && MIME[extname(path)] ? brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }) : undefined;
      kept.set(path, bytes && { bytes: small ?? bytes, coded: Boolean(small) });
    }
    return kept.get(path);
  };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://local").pathname);
    if (path === "/algolia") {
      const chunks = [];
      for await (const chunk of request) chunks.push(chunk);
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(algolia(all, JSON.parse(Buffer.concat(chunks)))));
      return;
    }
    const found = pack(path);
    if (!found) {
      response.writeHead(404).end();
      return;
    }
    const hashed = /[-_.][0-9a-f]{7,}\.|\.pf_/.test(path);
    const headers = { "Content-Type": MIME[extname(path)] ?? "application/octet-stream", "Cache-Control": hashed ? "public, max-age=31536000, immutable" : "public, max-age=600", Vary: "Accept-Encoding" };
    if (path.endsWith(".html")) headers["Cache-Control"] = "no-cache";
    if (found.coded) headers["Content-Encoding"] = "br";
    response.writeHead(200, headers).end(found.bytes);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return { server, origin: `http://127.0.0.1:${server.address().port}` };
}
