// Makes Pagefind's index, which only its own native program can: `node pagefind.mjs ARTICLES.json OUT`.
// How it is searched stands in `measure.mjs`.

import { readFile, writeFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as pagefind from "pagefind";

const [source, out] = process.argv.slice(2);
const articles = JSON.parse(await readFile(source, "utf8"));
const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const { index } = await pagefind.createIndex({ forceLanguage: "en" });
for (const [n, { title, phrasings, keywords, headings, body }] of articles.entries()) {
  // Pages as its documentation has them: it weighs headings by their level. Headings stand
  // together, because fields come without their places in the text.
  const part = (text, tag) =>
    text.split("\n").filter(Boolean).map((line) => `<${tag}>${escape(line)}</${tag}>`).join("");
  const content = `<html lang="en"><body><h1>${escape(title)}</h1>${part(phrasings, "p")}${part(keywords, "p")}${part(headings, "h2")}${part(body, "p")}</body></html>`;
  await index.addHTMLFile({ url: `/${n}`, content });
}
await index.writeFiles({ outputPath: out });
await pagefind.close();
// Its index is many small files, zipped: unzipped and in one they compare with the others.
const parts = [];
for (const name of (await readdir(out, { recursive: true })).sort()) {
  if (/\.(pf_index|pf_meta|pf_filter)$/.test(name)) parts.push(gunzipSync(await readFile(join(out, name))));
}
await writeFile(join(out, "index.bin"), Buffer.concat(parts));
