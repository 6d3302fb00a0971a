// Pages of our own around the widget, for tests of what a host may do to it.

import { BASE } from "./browser.mjs";

/** The element as a host writes it; `attributes` stand in its tag. */
export const element = (attributes = 'kb="/unstuck/kb/oxvo.en.kb"', inside = '<a href="/demo/support.html">Reach the team</a>') =>
  `<unstuck-help ${attributes}>${inside}</unstuck-help>`;

/** The tag of the loader. */
export const LOADER = '<script type="module" src="/unstuck/unstuck.js"></script>';

/** Serves `body` as a page at `path` and goes there. `head` holds what else stands in its head. */
export async function host(page, body, { head = LOADER, path = "/host.html", headers = {} } = {}) {
  await page.route(
    (url) => url.pathname === path,
    (route) =>
      route.fulfill({
        headers: { "content-type": "text/html; charset=utf-8", ...headers },
        body: `<!doctype html><html lang="en"><head><title>A host</title><meta name="viewport" content="width=device-width, initial-scale=1">${head}</head><body>${body}</body></html>`,
      }),
  );
  await page.goto(BASE + path);
}

/** Keeps the events of all widgets of the page in `window.heard`, as [name, detail]. */
export async function listen(page) {
  await page.addInitScript(() => {
    window.heard = [];
    for (const name of ["ready", "open", "close", "search", "article", "check", "navigate", "escalate", "error"]) {
      document.addEventListener(`unstuck-${name}`, (event) => window.heard.push([name, event.detail, event.target.id]));
    }
  });
}

/** What was heard under a name, the details in their order. */
export const heard = (page, name) => page.evaluate((name) => window.heard.filter(([own]) => own === name).map(([, detail]) => detail), name);
