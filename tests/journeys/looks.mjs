// The four looks in which every screen is seen.

import { DESKTOP, PHONE } from "./browser.mjs";

export const LOOKS = {
  "light, desktop": { colorScheme: "light", viewport: DESKTOP },
  "dark, desktop": { colorScheme: "dark", viewport: DESKTOP },
  "light, phone": { colorScheme: "light", viewport: PHONE, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  "dark, phone": { colorScheme: "dark", viewport: PHONE, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
};
