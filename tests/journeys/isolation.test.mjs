// The host page may do what it likes with its styles, its keys and its dialogs: the widget stays
// usable, and the page stays as it was.

import assert from "node:assert/strict";
import { DESKTOP, inBrowser, journey, until } from "./browser.mjs";
import { Help } from "./help.mjs";
import { LOADER, element, host } from "./host.mjs";
import { PRODUCTS } from "./products.mjs";

inBrowser();

const way = PRODUCTS.oxvo;

/** What hosts' style sheets do to everything on their page. */
const HOSTILE = {
  "styles everything with !important": `* { all: unset !important; display: block !important; color: red !important; background: lime !important; font: 40px serif !important;
    letter-spacing: 1em !important; text-transform: uppercase !important; visibility: hidden !important; pointer-events: none !important; float: left !important }`,
  "zooms itself": "html { zoom: 1.75 }",
  "zooms every element": "* { zoom: 1.2 !important }",
  "has a huge root font": "html { font-size: 64px }",
  "reads from right to left": "html { direction: rtl }",
  "lets nothing be selected": "* { user-select: none !important; -webkit-user-select: none !important }",
  "transforms what holds the widget": "body { transform: translate(30px, 900px) rotate(8deg) scale(0.4); filter: blur(0); contain: paint; overflow: hidden; height: 50px }",
  "clips and hides what is too large": "body { overflow: hidden; width: 200px; height: 200px; position: relative; opacity: 0.99; will-change: transform }",
};

for (const [what, css] of Object.entries(HOSTILE)) {
  journey(`On a page that ${what} the panel is in view and the guide works`, {}, async (page) => {
    await host(page, `<h1>Host</h1>${element()}`, { head: `<style>${css}</style>${LOADER}` });
    await page.evaluate(() => customElements.whenDefined("unstuck-help"));
    await page.evaluate(() => document.querySelector("unstuck-help").open());
    const help = new Help(page);
    await help.field.waitFor();
    const box = await help.panel.boundingBox();
    const inside = box.x >= 0 && box.y >= 0 && box.x + box.width <= DESKTOP.width + 1 && box.y + box.height <= DESKTOP.height + 1;
    assert.ok(inside && box.width > 200 && box.height > 200, JSON.stringify(box));
    const look = await help.panel.evaluate((panel) => {
      const { color, backgroundColor, letterSpacing, textTransform, visibility } = getComputedStyle(panel);
      return { color, backgroundColor, letterSpacing, textTransform, visibility };
    });
    assert.deepEqual(look, { color: "rgb(27, 30, 43)", backgroundColor: "rgb(255, 255, 255)", letterSpacing: "normal", textTransform: "none", visibility: "visible" });
    await help.find(way.symptom, way.title);
    await help.answer(way.checks[0].label, "Still stuck");
    await help.check(way.checks[1].label).waitFor();
    await page.screenshot({ path: `screenshots/hostile-${what.replaceAll(/\W+/g, "-")}.png` });
    await help.close();
  });
}

journey("The launcher keeps its own look on a page that styles everything", {}, async (page) => {
  const measure = async (css) => {
    await host(page, element(), { head: `<style>${css}</style>${LOADER}`, path: `/host-${css.length}.html` });
    const launcher = new Help(page).launcher;
    await launcher.waitFor();
    return launcher.evaluate((node) => {
      const { width, height } = node.getBoundingClientRect();
      const { color, backgroundColor, fontSize, letterSpacing, visibility, cursor } = getComputedStyle(node);
      return { width: Math.round(width), height: Math.round(height), color, backgroundColor, fontSize, letterSpacing, visibility, cursor };
    });
  };
  const plain = await measure("");
  assert.deepEqual(await measure(HOSTILE["styles everything with !important"]), plain);
  assert.deepEqual(await measure(HOSTILE["has a huge root font"]), plain);
});

journey("Keys typed in our fields are not the page's shortcuts, and the page's own keys still are", {}, async (page) => {
  await host(
    page,
    `<input id="own">${element()}<script>
      window.keys = [];
      for (const type of ["keydown", "keypress", "keyup"]) addEventListener(type, (event) => window.keys.push(event.key));
    </script>`,
  );
  const help = new Help(page);
  await help.open();
  await page.evaluate(() => { window.keys = []; });
  await help.type("/?jk");
  await page.keyboard.press("Escape");
  await help.contact();
  await help.note().pressSequentially("gg");
  assert.deepEqual(await page.evaluate(() => window.keys), []);
  await help.close();
  await page.locator("#own").press("j");
  assert.deepEqual(await page.evaluate(() => window.keys), ["j", "j", "j"]);
});

journey("The closed widget covers nothing but its button, before and after it was open", {}, async (page) => {
  await host(page, `<main style="height: 300vh; background: #eee"></main>${element()}`);
  const help = new Help(page);
  await help.launcher.waitFor();
  const covered = () =>
    page.evaluate(() => {
      const button = document.querySelector("unstuck-help").shadowRoot.querySelector("button").getBoundingClientRect();
      const beyond = [];
      for (let y = 2; y < innerHeight; y += 4) {
        for (let x = 2; x < innerWidth; x += 4) {
          const on = x >= button.left && x <= button.right && y >= button.top && y <= button.bottom;
          if (!on && document.elementFromPoint(x, y)?.localName === "unstuck-help") beyond.push([x, y]);
        }
      }
      return beyond.length;
    });
  assert.equal(await covered(), 0);
  await help.open();
  await help.close();
  assert.equal(await covered(), 0);
});

journey("I hide the button that is in my way: it stays away on the next page, and the page's own link still opens help", {}, async (page) => {
  const own = '<button data-unstuck-search="inbox">Own help</button>';
  await host(page, `${own}${element()}`);
  const help = new Help(page);
  await help.open();
  await help.hideButton();
  const reload = async () => {
    await page.reload();
    await help.drawn();
  };
  await reload();
  await page.getByRole("button", { name: "Own help" }).click();
  await help.field.waitFor();
  await help.launcher.waitFor({ state: "hidden" });
  await help.panel.getByRole("button", { name: "What is kept on this device" }).click();
  await help.panel.getByRole("button", { name: "Show the Help button again" }).click();
  await help.panel.getByRole("button", { name: "Close" }).click();
  await help.launcher.waitFor();
  await reload();
  await help.reopen();
  await help.hideButton();
  // The host's logout: the next person has it.
  await page.evaluate(() => document.querySelector("unstuck-help").reset());
  await help.launcher.waitFor();
});

journey("A hidden button comes back when its day is over, or a check is ready for me", {}, async (page) => {
  await host(page, element());
  const help = new Help(page);
  const after = async (records) => {
    await page.evaluate((records) => {
      localStorage.clear();
      for (const [key, value] of Object.entries(records)) localStorage.setItem(key, value);
    }, records);
    await page.reload();
    await help.drawn();
  };
  const now = await page.evaluate(() => Date.now());
  const [hidden, over] = [{ "unstuck-pending:oxvo:off": `${now + 60_000}` }, { "unstuck-pending:oxvo:off": `${now - 1}` }];
  await after(hidden);
  await help.launcher.waitFor({ state: "hidden" });
  await after(over);
  await help.launcher.waitFor();
  await after({ ...hidden, "unstuck-pending:oxvo": `${now - 60_000}, a check is ready` });
  await page.getByRole("button", { name: "Help, a check is ready" }).waitFor();
});

journey("What stands below an inline widget stays where it is when the loader runs", {}, async (page) => {
  // What counts is the first look after the definition, before anything is drawn.
  await page.addInitScript(() => {
    customElements.whenDefined("unstuck-help").then(() => {
      window.first = document.querySelector("unstuck-help").getBoundingClientRect().height;
    });
  });
  await host(page, `${element('mode="inline" kb="/unstuck/kb/oxvo.en.kb"')}<p>Below</p>`);
  await new Help(page, "inline").field.waitFor();
  const height = await page.evaluate(() => window.first);
  assert.ok(height >= 480, String(height));
});

journey("Behind a modal dialog of the page the widget waits, hidden, and comes back as it was", {}, async (page) => {
  await host(page, `<dialog id="modal"><p>Really delete it?</p><button onclick="this.closest('dialog').close()">No</button></dialog>${element()}`);
  const help = new Help(page);
  await help.open();
  await help.type("inbox");
  await page.evaluate(() => document.getElementById("modal").showModal());
  await help.panel.waitFor({ state: "hidden" });
  await help.launcher.waitFor({ state: "hidden" });
  const top = await page.evaluate(() => {
    const { left, top } = document.getElementById("modal").getBoundingClientRect();
    return document.elementFromPoint(left + 5, top + 5).id;
  });
  assert.equal(top, "modal");
  await page.getByRole("button", { name: "No" }).click();
  await help.panel.waitFor();
  assert.equal(await help.field.inputValue(), "inbox");
  await help.launcher.waitFor();
  // A dialog that is taken out of the page while it is open gives the widget back too.
  await page.evaluate(() => document.getElementById("modal").showModal());
  await help.launcher.waitFor({ state: "hidden" });
  await page.evaluate(() => document.getElementById("modal").remove());
  await help.launcher.waitFor();
});

journey("Inside a modal dialog of the page the widget works", {}, async (page) => {
  await host(page, `<dialog id="modal"><p>Settings</p>${element()}</dialog>`);
  await page.evaluate(() => document.getElementById("modal").showModal());
  const help = new Help(page);
  await help.open();
  await help.find(way.symptom, way.title);
  await until("the panel is on top", () =>
    help.panel.evaluate((panel) => {
      const { left, top } = panel.getBoundingClientRect();
      return document.elementFromPoint(left + 30, top + 30)?.localName === "unstuck-help";
    }),
  );
});
