// Pictures of every screen, in light and dark, on a phone and on a desktop, into tests/screenshots/;
// and while each screen is there, axe must find nothing on it.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inBrowser, journey, nothingFoundByAxe } from "./browser.mjs";
import { LOOKS } from "./looks.mjs";
import { FAULTY, INLINE, SCREENS } from "./screens.mjs";

const folder = fileURLToPath(new URL("../screenshots/", import.meta.url));
mkdirSync(folder, { recursive: true });

inBrowser();

for (const [look, options] of Object.entries(LOOKS)) {
  for (const [screen, reach] of Object.entries({ ...SCREENS, ...INLINE })) {
    journey(`The screen "${screen}" (${look}) is sound and fits`, { ...options, axe: true, faults: FAULTY.has(screen) }, async (page) => {
      const help = await reach(page);
      await page.evaluate(() => document.fonts.ready);
      const file = `${folder}${screen}-${look}`.replaceAll(", ", "-").replaceAll(" ", "-");
      await page.screenshot({ path: `${file}.png`, animations: "disabled" });
      await nothingFoundByAxe(page, screen);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wider <= 0, `the page is ${wider} px too wide`);
      if (screen !== "closed" && screen !== "error") {
        const hidden = await help.panel.evaluate((panel) => panel.scrollWidth - panel.clientWidth);
        assert.ok(hidden <= 0, `the panel hides ${hidden} px to the side`);
      }
    });
  }
}
