// What a network, a server or a policy may do to the files of the widget: where it cannot run, the
// button leads to the link that the page wrote, and the page is told.

import assert from "node:assert/strict";
import { inBrowser, journey } from "./browser.mjs";
import { Help } from "./help.mjs";
import { element, heard, host, listen } from "./host.mjs";

inBrowser();

const GLUE = /\/unstuck\/unstuck-[0-9a-f]{12}\.js$/;
const WASM = /\/unstuck\/unstuck-[0-9a-f]{12}\.wasm$/;
const REST = /\/unstuck\/(unstuck-|kb\/)/;

/** What is broken: it is done before the page is loaded. `headers` go with the page. */
const BROKEN = {
  "all files but the loader are blocked": { before: (page) => page.route(REST, (route) => route.abort()) },
  "the script is not there": { before: (page) => page.route(GLUE, (route) => route.fulfill({ status: 404, body: "" })) },
  "a web page stands in for the script": { before: (page) => page.route(GLUE, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Sign in</title>" })) },
  "the program is not there": { before: (page) => page.route(WASM, (route) => route.fulfill({ status: 404, body: "not found" })) },
  "a web page stands in for the program": { before: (page) => page.route(WASM, (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Sign in</title>" })) },
  "the program is cut off": {
    before: (page) => page.route(WASM, async (route) => {
      // Pointing at the button asks again, and nobody may be there any more to be answered.
      const body = await route.fetch().then((response) => response.body()).catch(() => Buffer.alloc(0));
      await route.fulfill({ contentType: "application/wasm", body: body.subarray(0, body.length >> 1) }).catch(() => {});
    }),
  },
  "the program never answers": { before: (page) => page.route(WASM, () => new Promise(() => {})) },
  "there is no WebAssembly": { before: (page) => page.addInitScript(() => { delete globalThis.WebAssembly; }) },
  "the policy refuses WebAssembly": { headers: { "content-security-policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'" } },
};

for (const [what, { before, headers }] of Object.entries(BROKEN)) {
  journey(`When ${what}, the button leads to the page's own link`, { faults: true }, async (page) => {
    await listen(page);
    await before?.(page);
    await host(page, element(), { headers });
    await new Help(page).launcher.click();
    await page.getByRole("link", { name: "Reach the team" }).waitFor();
    assert.equal(await page.getByRole("alert").count(), 1);
    assert.equal(await page.getByRole("dialog").count(), 0);
    const errors = await heard(page, "error");
    assert.equal(errors.length, 1);
    assert.equal(errors[0].code, "load");
    assert.ok(errors[0].message.length > 5, JSON.stringify(errors));
    // A second press puts it away, a third one tries again.
    await new Help(page).launcher.click();
    await page.getByRole("alert").waitFor({ state: "detached" });
  });
}

journey("A server that sends the program as any file does not keep it from running", {}, async (page) => {
  await page.route(WASM, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-type": "application/octet-stream" } });
  });
  await host(page, element());
  await new Help(page).open();
});

journey("Once the files are there again, the next press opens the panel", { faults: true }, async (page) => {
  await page.route(WASM, (route) => route.abort());
  await host(page, element());
  const help = new Help(page);
  await help.launcher.click();
  await page.getByRole("alert").waitFor();
  await page.unroute(WASM);
  await help.launcher.click();
  await page.getByRole("alert").waitFor({ state: "detached" });
  await help.open();
});
