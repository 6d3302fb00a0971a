// The package of npm in an application of Vite and React: packed, installed, built and opened. The
// application lies in tests/npm/.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { inBrowser, journey, until } from "./browser.mjs";
import { begins, Help } from "./help.mjs";
import { PRODUCTS } from "./products.mjs";

inBrowser();

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const SAMPLE = file("../npm");
const DIST = file("../../dist");
const MIME = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".wasm": "application/wasm", ".txt": "text/plain; charset=utf-8" };
const way = PRODUCTS.oxvo;
const run = (program, args, cwd) => promisify(execFile)(program, args, { cwd });

let site, server, origin;

before(async () => {
  site = await mkdtemp(join(tmpdir(), "unstuck-npm-"));
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", site], join(DIST, "npm"));
  const packed = JSON.parse(stdout);
  const [{ filename }] = Array.isArray(packed) ? packed : Object.values(packed);
  // Nothing but the package is installed, so no registry is asked.
  await run("npm", ["install", "--no-save", "--no-package-lock", "--offline", "--no-audit", "--no-fund", join(site, filename)], SAMPLE);
  // An older run's knowledge bases must not answer for these.
  await rm(join(SAMPLE, "public"), { recursive: true, force: true });
  await cp(join(DIST, "kb"), join(SAMPLE, "public/kb"), { recursive: true });
  await run(process.execPath, [join(SAMPLE, "node_modules/vite/bin/vite.js"), "build", "--outDir", join(site, "out"), "--logLevel", "warn"], SAMPLE);
  server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    try {
      const body = await readFile(join(site, "out", pathname === "/" ? "index.html" : pathname));
      response.writeHead(200, { "content-type": MIME[extname(pathname) || ".html"] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
});

after(async () => {
  server?.closeAllConnections();
  server?.close();
  if (site) await rm(site, { recursive: true, force: true });
});

journey("In an application built by Vite with React the npm package opens, finds and shows a guide", { elsewhere: true }, async (page) => {
  const asked = [];
  page.on("response", (response) => asked.push([new URL(response.url()).pathname, response.status()]));
  const help = new Help(page);
  await page.goto(origin);
  await help.launcher.waitFor();
  assert.ok(!asked.some(([path]) => /wasm|\.kb$/.test(path)), `fetched before anyone asked for help: ${asked}`);
  await help.open();
  await page.getByText("Opened 1 times.").waitFor();
  await help.find(way.symptom, way.title);
  await help.check(way.checks[0].label).waitFor();
  await until("the second file has come", () => asked.some(([path]) => path.includes("depth")));
  assert.deepEqual(asked.filter(([, status]) => status !== 200), []);
});

journey("In that application the interface speaks the reader's language, too", { elsewhere: true }, async (page) => {
  await page.goto(origin);
  await page.locator("unstuck-help").evaluate((element) => { element.locale = "de"; });
  await page.getByRole("button", { name: begins("Hilfe") }).click();
  await page.getByRole("combobox", { name: "Hilfe durchsuchen" }).waitFor();
  const assets = await readdir(join(site, "out/assets"));
  assert.equal(assets.filter((name) => name.endsWith(".txt")).length, 5, `one text a language: ${assets}`);
});

journey("When the program breaks in that application, my words and the page's link stay, though its files have other names", { elsewhere: true, faults: true }, async (page) => {
  const help = new Help(page);
  await page.goto(origin);
  await help.open();
  await help.contact();
  await help.note().fill("Half a sentence");
  await page.evaluate(() => {
    for (const name of ["insertBefore", "appendChild"]) {
      Node.prototype[name] = () => {
        throw new Error("broken on purpose");
      };
    }
  });
  await help.panel.getByRole("button", { name: "Back", exact: true }).click();
  await page.getByRole("alert").getByText("Half a sentence").waitFor();
  await page.getByRole("link", { name: "Contact support" }).first().waitFor();
});

journey("In that application strict integrity leaves the page's own link, because no hash of a bundle is known", { elsewhere: true, faults: true }, async (page) => {
  await page.goto(origin);
  await page.locator("unstuck-help").evaluate((element) => { element.integrity = "strict"; });
  const told = page.evaluate(() => new Promise((resolve) => document.addEventListener("unstuck-error", ({ detail }) => resolve(detail.message), { once: true })));
  await new Help(page).launcher.click();
  await page.getByRole("alert").waitFor();
  assert.match(await told, /not for a bundle/);
});

test("TypeScript finds the package's types in it", async () => {
  const compiler = file("../node_modules/typescript/bin/tsc");
  for (const [module, resolution] of [["esnext", "bundler"], ["nodenext", "nodenext"]]) {
    const options = ["--noEmit", "--strict", "--target", "es2022", "--module", module, "--moduleResolution", resolution];
    const { stdout } = await run(process.execPath, [compiler, ...options, join(SAMPLE, "src/types.ts")], SAMPLE).catch((error) => error);
    assert.equal(stdout, "", resolution);
  }
});
