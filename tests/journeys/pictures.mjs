// Takes the two pictures of the README anew. By hand, with `cargo xtask serve` running:
//   UNSTUCK_URL=http://127.0.0.1:8080 node tests/journeys/pictures.mjs
//   pngquant --ext .png --force --quality 80-98 docs/images/widget-*.png

import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { BASE } from "./browser.mjs";
import { ARGUMENTS, EXECUTABLE } from "./engines.mjs";
import { Help } from "./help.mjs";
import { PRODUCTS, walk } from "./products.mjs";

const way = PRODUCTS.scopien;
const browser = await chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS });
for (const colorScheme of ["light", "dark"]) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 760 }, deviceScaleFactor: 1.5, colorScheme, reducedMotion: "reduce" });
  const page = await context.newPage();
  const help = new Help(page);
  await page.goto(`${BASE}/product/scopien/home`);
  await help.open();
  await help.find(way.symptom, way.title);
  await walk(help, way.checks.slice(0, 1));
  await help.follow(way.checks[1].link);
  await help.check(way.checks[1].label).waitFor();
  await page.mouse.move(600, 700);
  await page.screenshot({ path: fileURLToPath(new URL(`../../docs/images/widget-${colorScheme}.png`, import.meta.url)), animations: "disabled" });
  await context.close();
}
await browser.close();
