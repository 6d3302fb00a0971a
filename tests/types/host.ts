// A host page in TypeScript: everything that the declarations promise, and what they must refuse.
// Only the compiler reads this file; see `journeys/types.test.mjs`.

import type { Channel, Context, Person, Probe, Report, SearchAnswer, UnstuckHelpAttributes, UnstuckHelpElement } from "../../src/element/unstuck";

const help = document.createElement("unstuck-help");
const typed: UnstuckHelpElement = help;
const found: UnstuckHelpElement | null = document.querySelector("unstuck-help");

async function use(): Promise<void> {
  await customElements.whenDefined("unstuck-help");
  await help.ready;
  await help.open();
  const answer: SearchAnswer | undefined = await help.search("cannot sign in");
  if (answer?.confident && answer.top !== null) await help.show(answer.top);
  await help.suggest("reports are empty");
  await help.suggest(["scopien/login/account-locked"]);
  await help.contact();
  await help.contact({ note: "Since Monday" });
  const context: Context = { role: "admin", plan: "team", user: { id: "42", email: "a@shop.example" }, route: "/settings", seats: 12 };
  await help.setContext(context);
  await help.configure({ linkBase: "/app", links: { billing: "/money" }, services: { api: "API" }, headers: { "X-Token": "t" } });
  const desk: Channel = { id: "desk", kind: "phone", name: "Service desk", address: "+1 555 0100", response_minutes: 5, plans: ["team"], topics: ["login"] };
  const admin: Person = { name: "Ada", to: "admin", email: "ada@shop.example" };
  await help.configure({ channels: [desk, { id: "chat", response: "in 2 minutes" }], people: { admin }, probes: { latency: { url: "https://api.shop.example/ping" } } });
  const probe: Probe = async ({ params, signal }) => {
    const response = await fetch(`/api/${params.id}`, { signal });
    return response.ok ? { outcome: "passed" } : { outcome: "failed", detail: String(response.status) };
  };
  await help.registerProbe("api-key", probe);
  await help.setStatus({ status: "operational" });
  await help.toggle();
  await help.close();
  await help.reset();
}

help.addEventListener("unstuck-search", (event) => {
  const { query, count, chosen } = event.detail;
  console.log(query.length + count, chosen?.length);
});
help.addEventListener("unstuck-navigate", (event) => {
  event.preventDefault();
  history.pushState(null, "", event.detail.href);
});
help.addEventListener("unstuck-escalate", (event) => {
  const report: Report = event.detail.report;
  event.preventDefault();
  event.detail.respondWith(fetch("/tickets", { method: "POST", body: JSON.stringify(report) }));
});
help.addEventListener("unstuck-check", ({ detail }) => detail.outcome === "still_stuck");
help.addEventListener("click", (event) => event.preventDefault());

(window.unstuck ??= []).push(["search", "login"]);
window.unstuck?.push(["contact"]);

const attributes: UnstuckHelpAttributes = { kb: "/kb/cic.{locale}.kb", "kb-locales": "en de", mode: "inline", theme: "dark", "heading-level": 3 };

// @ts-expect-error: not a mode
const wrong: UnstuckHelpAttributes = { mode: "floating" };
// @ts-expect-error: a channel needs its id
const nameless: Channel = { name: "Chat" };
// @ts-expect-error: not a kind of channel
const pigeon: Channel = { id: "pigeon", kind: "pigeon" };
// @ts-expect-error: not someone whom reports go to
const nobody: Person = { to: "nobody" };
// @ts-expect-error: a search needs its text
void help.search();
// @ts-expect-error: outcomes are three words
const odd: Probe = async () => ({ outcome: "fine" });
// @ts-expect-error: no such method
window.unstuck?.push(["explode"]);
// @ts-expect-error: an article's id is text
window.unstuck?.push(["show", 7]);
// @ts-expect-error: the detail of a check has no query
help.addEventListener("unstuck-check", ({ detail }) => detail.query);

export { attributes, found, nameless, nobody, odd, pigeon, typed, use, wrong };
