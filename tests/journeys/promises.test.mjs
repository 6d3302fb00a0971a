// docs/promises.md and docs/security.md name tests: each of those must exist under that name, or a
// promise would go on without its proof.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");

/** All files below a folder of the project that end so. */
const below = (folder, ending) =>
  readdirSync(new URL(folder, root), { recursive: true })
    .filter((path) => path.endsWith(ending))
    .map((path) => read(`${folder}/${path}`))
    .join("\n");

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

test("Every test that a promise names exists", () => {
  const journeys = [...below("tests/journeys", ".test.mjs").matchAll(/(?:journey|test)\(\s*(["`])(.*?)\1,/g)].map(([, , name]) => name);
  // A name with blanks to fill in stands for every name that fills them; "…" stands for one in the document.
  const known = journeys.map((name) => new RegExp(`^${name.replaceAll(/["()]/g, "").split(/\$\{[^}]*\}(?: \$\{[^}]*\})*/).map(escape).join(".*")}$`));
  const rust = ["src", "crates", "xtask", "tests"].map((folder) => below(folder, ".rs")).join("\n");
  let found = 0;
  for (const page of ["docs/promises.md", "docs/security.md"]) {
    const text = read(page);
    for (const [, name] of text.matchAll(/"([A-Z][^"]{20,})"/g)) {
      assert.ok(known.some((pattern) => pattern.test(name)), `${page} names the journey "${name}", which there is not`);
      found += 1;
    }
    for (const [, name] of text.matchAll(/`([a-z_]{20,})`/g)) {
      assert.ok(rust.includes(`fn ${name}(`), `${page} names the test ${name}, which there is not`);
      found += 1;
    }
  }
  assert.ok(found > 40, `only ${found} names were found`);
});

test("Every requirement from R1 to R15 has its row", () => {
  const text = read("docs/promises.md");
  for (let n = 1; n <= 15; n += 1) assert.match(text, new RegExp(`^\\| R${n} \\| .+ \\| .+ \\|$`, "m"));
});
