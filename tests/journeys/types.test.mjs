// The declarations that ship with the widget, read by the TypeScript compiler together with a host
// page that uses all of them. What happens at run time is the matter of contract.test.mjs.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const file = (path) => fileURLToPath(new URL(path, import.meta.url));

test("The declarations and a host page that uses all of them pass the TypeScript compiler", async () => {
  const compiler = file("../node_modules/typescript/bin/tsc");
  const { stdout } = await promisify(execFile)(process.execPath, [compiler, "--project", file("../types")]).catch((error) => error);
  assert.equal(stdout, "");
});

test("Every attribute that the loader watches is declared, and every method it has", () => {
  const loader = readFileSync(file("../../src/element/loader.js"), "utf8");
  const declared = readFileSync(file("../../src/element/unstuck.d.ts"), "utf8");
  const list = (name) => loader.match(new RegExp(`const ${name} = ([^;]*)\\.split`))[1].match(/[\w-]+/g);
  for (const name of list("ATTRIBUTES")) assert.match(declared, new RegExp(`  "?${name}"?\\?: `), name);
  for (const name of list("METHODS")) assert.match(declared, new RegExp(`  ${name}\\(`), name);
});
