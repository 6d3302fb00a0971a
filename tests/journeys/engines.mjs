// The three engines that the journeys run in: `UNSTUCK_ENGINE` names one of chromium, firefox and
// webkit. What an engine cannot be told while it runs (a dark system, reduced motion) it is told
// when it starts, so each look has a browser of its own there. Tests never ask which engine it is.

import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { chromium, firefox } from "playwright-core";
import { Driver } from "./webkit/driver.mjs";
import { openPage } from "./webkit/page.mjs";
import { POLICY, Proxy } from "./webkit/proxy.mjs";

/** The engine of this run. */
export const ENGINE = process.env.UNSTUCK_ENGINE ?? "chromium";
const SERVER = (process.env.UNSTUCK_URL ?? "http://127.0.0.1:8080").replace(/\/$/, "");
/** Chromium, and how it is started: also as root and without a screen. */
export const EXECUTABLE = process.env.UNSTUCK_CHROMIUM ?? "/usr/bin/chromium";
export const ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];

/** WebDriver shows no traffic, so for WebKit something stands between. */
const proxy = ENGINE === "webkit" ? await Proxy.start(SERVER) : undefined;
/** Where the demo is served. */
export const BASE = proxy?.origin ?? SERVER;
/** Whether pages can be touched, and not only clicked. */
export const TOUCH = ENGINE === "chromium";

/** Browsers that run already, by what they were started with. */
const running = new Map();

const START = {
  chromium: () => chromium.launch({ executablePath: EXECUTABLE, args: ARGUMENTS }),
  firefox: ({ colorScheme, reducedMotion }) =>
    firefox.launch({
      channel: "moz-firefox",
      executablePath: process.env.UNSTUCK_FIREFOX ?? "/usr/bin/firefox-esr",
      firefoxUserPrefs: {
        "ui.systemUsesDarkTheme": colorScheme === "dark" ? 1 : 0,
        "ui.prefersReducedMotion": reducedMotion === "reduce" ? 1 : 0,
      },
    }),
  webkit: async (options) => {
    const driver = await Driver.start(options);
    return { newContext: (options) => openPage(driver, proxy, options), close: () => driver.close() };
  },
};

/** What an engine is told at its start, from the options of a context. */
const STARTED_WITH = { chromium: [], firefox: ["colorScheme", "reducedMotion"], webkit: ["colorScheme", "reducedMotion", "timezoneId"] };

/** What Playwright itself does to a page in Firefox: an empty style, which a strict policy refuses. */
const OWN_FAULT = "sha256-YjaKGiklmzC6wjXA513HAMmzus8VE61XCOT+SmwNZWA=";
/** Whether an error on a page is the page's. */
export const isOfPage = (error) => !error.includes(OWN_FAULT);

/** Why this engine cannot give a page what `options` ask for; undefined when it can. */
export function missing(options) {
  if (ENGINE === "chromium") return undefined;
  if (options.javaScriptEnabled === false) return `${ENGINE} cannot be driven with JavaScript off`;
  if (ENGINE === "webkit" && options.locale) return "WebDriver cannot set the browser's language";
  if (ENGINE === "webkit" && options.elsewhere) return "what goes to other servers does not come by the proxy";
  return undefined;
}

/** A context of its own for one test: nothing is shared with another one's but the program. */
export async function openContext(options) {
  const start = START[ENGINE];
  if (!start) throw new Error(`UNSTUCK_ENGINE is ${ENGINE}; it may be ${Object.keys(START).join(", ")}`);
  if (!TOUCH) options = { ...options, isMobile: undefined, hasTouch: undefined };
  const key = STARTED_WITH[ENGINE].map((name) => options[name]).join();
  if (!running.has(key)) running.set(key, start(options));
  const browser = await running.get(key);
  const context = await browser.newContext(options);
  if (ENGINE === "chromium") return context;
  if (ENGINE === "firefox" && options.bypassCSP) await context.route(`${BASE}/**`, withoutPolicy);
  const newPage = context.newPage.bind(context);
  context.newPage = async () => withPictures(await newPage());
  return context;
}

/** Serves a page without the policy that stands in it. */
async function withoutPolicy(route) {
  if (route.request().resourceType() !== "document") return route.continue();
  const response = await route.fetch();
  return route.fulfill({ response, body: (await response.text()).replace(POLICY, "") });
}

/** Pictures go to a folder of the engine's own. */
function withPictures(page) {
  const take = page.screenshot.bind(page);
  page.screenshot = ({ path, ...options } = {}) => {
    const own = path?.replace(/screenshots\/(?=[^/]*$)/, `screenshots/${ENGINE}/`);
    if (own) mkdirSync(dirname(own), { recursive: true });
    return take({ ...options, path: own });
  };
  return page;
}

/** Ends all browsers. */
export async function closeBrowsers() {
  for (const browser of running.values()) await (await browser.catch(() => undefined))?.close();
  running.clear();
  proxy?.close();
}
