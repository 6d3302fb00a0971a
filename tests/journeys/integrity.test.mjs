// `integrity="strict"`: not one byte of the program runs that is not as it was built. What a pack may
// do is told in security.test.mjs: it is data, and strict has no say in it.

import assert from "node:assert/strict";
import { inBrowser, journey, until } from "./browser.mjs";
import { Help } from "./help.mjs";
import { element, heard, host, listen } from "./host.mjs";

inBrowser();

/** The files of the program, by what they are called in the tests' names. */
const FILES = {
  "the file that checks": /\/unstuck-strict-[0-9a-f]{12}\.js$/,
  "the script": /\/unstuck-[0-9a-f]{12}\.js$/,
  "the program": /\/unstuck-[0-9a-f]{12}\.wasm$/,
  "the interface's texts": /\/unstuck-de-[0-9a-f]{12}\.txt$/,
};
const DEPTH = /\/unstuck-depth-[0-9a-f]{12}\.wasm$/;

/** A German page whose widget is strict. */
const strict = (page, headers = {}) => host(page, element('integrity="strict" lang="de" locale="de" kb="/unstuck/kb/cic.{locale}.kb" kb-locales="en de"'), { headers });

/** Serves a file with one byte more; in a script it stands behind what would be seen if it ran. */
const worse = async (route) => {
  const response = await route.fetch();
  const before = route.request().url().endsWith(".js") ? "globalThis.ran = true;" : "";
  await route.fulfill({ response, body: Buffer.concat([Buffer.from(before), await response.body(), Buffer.from(" ")]) });
};

/** Presses the launcher; sees the page's own link and no panel, and gives what the page was told. */
async function onlyTheLink(page) {
  await page.getByRole("button", { name: "Hilfe" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByRole("link", { name: "Reach the team" }).waitFor();
  assert.equal(await page.getByRole("dialog").count(), 0);
  assert.equal(await page.evaluate(() => globalThis.ran), undefined, "it never ran");
  const [error] = await heard(page, "error");
  assert.equal(error.code, "load");
  return error.message;
}

journey("Under strict integrity an untouched widget works, and is loaded once", {}, async (page) => {
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await strict(page);
  await page.getByRole("button", { name: "Hilfe" }).click();
  const panel = page.getByRole("dialog", { name: "Hilfe" });
  await panel.getByRole("combobox").fill("Einladung");
  await panel.getByRole("option").first().click();
  await panel.getByRole("button", { name: "Zurück" }).waitFor();
  assert.deepEqual(asked.filter((path) => asked.indexOf(path) !== asked.lastIndexOf(path)), [], "nothing is asked for twice");
  assert.ok(asked.some((path) => FILES["the file that checks"].test(path)));
});

journey("Under strict integrity and the strictest policy the widget works where the browser can check, else the page's own link is there", { faults: true }, async (page) => {
  await strict(page, { "content-security-policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'" });
  await page.getByRole("button", { name: "Hilfe" }).click();
  // Apple's engine takes a hash for scripts alone, and the policy refuses to name one.
  const can = await page.evaluate(() => navigator.vendor[0] !== "A" || globalThis.trustedTypes === undefined);
  await (can ? page.getByRole("dialog", { name: "Hilfe" }) : page.getByRole("alert")).waitFor();
});

journey("Without it the file that checks is never asked for", {}, async (page) => {
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await host(page, element());
  await new Help(page).open();
  assert.ok(!asked.some((url) => url.includes("strict")));
});

for (const [what, file] of Object.entries(FILES)) {
  journey(`Under strict integrity a wrong byte in ${what} leaves the page's own link`, { faults: true }, async (page) => {
    await listen(page);
    await page.route(file, worse);
    await strict(page);
    assert.ok((await onlyTheLink(page)).length > 5);
  });
}

for (const what of ["the file that checks", "the script"]) {
  journey(`Under strict integrity ${what} cannot be another one the second time it is asked for`, { faults: true }, async (page) => {
    await listen(page);
    let times = 0;
    await page.route(FILES[what], async (route) => {
      times += 1;
      if (times > 1) return worse(route);
      const response = await route.fetch();
      await route.fulfill({ response, headers: { ...response.headers(), "cache-control": "no-store" } });
    });
    await strict(page);
    await page.getByRole("button", { name: "Hilfe" }).click();
    await page.getByRole("dialog").or(page.getByRole("alert")).first().waitFor();
    assert.equal(await page.evaluate(() => globalThis.ran), undefined, "it never ran");
    assert.equal(times, 1);
  });
}

journey("Under strict integrity a wrong byte in the second file is as if it were lost", { faults: true }, async (page) => {
  await listen(page);
  await page.route(DEPTH, worse);
  await strict(page);
  await page.getByRole("button", { name: "Hilfe" }).click();
  const panel = page.getByRole("dialog", { name: "Hilfe" });
  await panel.getByRole("combobox").fill("Einladung");
  await panel.getByRole("option").first().click();
  await panel.getByRole("alert").waitFor();
  await page.getByRole("link", { name: "Reach the team" }).waitFor();
  await until("the page is told", async () => (await heard(page, "error")).length > 0);
});
