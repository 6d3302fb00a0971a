// The four looks in which every screen is seen. Chromium shows all of them; the other engines, which
// cost as much time each, one of each kind.

import { DESKTOP, PHONE } from "./browser.mjs";
import { ENGINE } from "./engines.mjs";

const ALL = {
  "light, desktop": { colorScheme: "light", viewport: DESKTOP },
  "dark, desktop": { colorScheme: "dark", viewport: DESKTOP },
  "light, phone": { colorScheme: "light", viewport: PHONE, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  "dark, phone": { colorScheme: "dark", viewport: PHONE, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
};
const SOME = ["light, desktop", "dark, phone"];

export const LOOKS = ENGINE === "chromium" ? ALL : Object.fromEntries(SOME.map((look) => [look, ALL[look]]));
