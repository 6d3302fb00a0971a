// Every screen of the widget and the way there, for the tests that look at them all.

import { BASE } from "./browser.mjs";
import { CALM, outage, serve } from "./feeds.mjs";
import { Help } from "./help.mjs";
import { PRODUCTS, walk } from "./products.mjs";

const scopien = PRODUCTS.scopien;
/** The first check that asks the person; the one before it is run by the browser. */
const first = scopien.checks[1];
const sync = "/product/scopien/settings/integrations/salesforce";

/** A screen: its name, and how a person gets to it on a fresh page. Each returns the `Help` it used. */
export const SCREENS = {
  async closed(page) {
    const help = new Help(page);
    await page.goto(BASE + sync);
    await help.launcher.waitFor();
    return help;
  },
  async home(page) {
    const help = await SCREENS.closed(page);
    await help.open();
    return help;
  },
  async results(page) {
    const help = await SCREENS.home(page);
    await help.type("salesforce sync");
    await help.options.first().waitFor();
    await help.field.press("ArrowDown");
    return help;
  },
  async "no match"(page) {
    const help = await SCREENS.home(page);
    await help.type("print my boarding pass");
    await help.panel.getByText(/^No good match/).first().waitFor();
    return help;
  },
  async topic(page) {
    const help = await SCREENS.home(page);
    await help.panel.getByRole("button", { name: /^Workflows/ }).click();
    await help.title("Workflows").waitFor();
    return help;
  },
  async "guide, first check"(page) {
    const help = await SCREENS.home(page);
    await help.find(scopien.symptom, scopien.title);
    await help.check(first.label).waitFor();
    return help;
  },
  async "guide, done checks"(page) {
    const help = await SCREENS["guide, first check"](page);
    await walk(help, scopien.checks.slice(0, 3));
    await help.check(scopien.checks[3].label).waitFor();
    return help;
  },
  async choice(page) {
    const help = await SCREENS["guide, first check"](page);
    await walk(help, scopien.checks.slice(0, 5));
    await help.check(scopien.checks[5].label).getByRole("radio").first().waitFor();
    return help;
  },
  async wait(page) {
    const help = await SCREENS.home(page);
    await help.find("locked out after too many wrong passwords", "I'm locked out");
    await help.answer("Ask your administrator", "Skip");
    const check = help.check("Wait for the lock to lift");
    await check.getByRole("button", { name: "Start the wait", exact: true }).click();
    await check.getByText(/Ready at/).waitFor();
    return help;
  },
  async "someone to ask"(page) {
    const help = await SCREENS.home(page);
    await help.find("locked out after too many wrong passwords", "I'm locked out");
    await help.check("Ask your administrator").getByRole("button", { name: "Copy message" }).waitFor();
    return help;
  },
  async answer(page) {
    const help = await SCREENS.home(page);
    await help.find("where is our data stored", "Where is our data stored?");
    return help;
  },
  async "reference with a table"(page) {
    const help = await SCREENS.home(page);
    await help.find("how fast is each priority answered", "");
    return help;
  },
  async "code block"(page) {
    const help = await SCREENS.home(page);
    await help.find("ticket to copy from", "A ticket to copy from");
    return help;
  },
  async "error code"(page) {
    const help = await SCREENS.home(page);
    await help.find("SYNC_001", "SYNC_001");
    return help;
  },
  async "ending, fixed"(page) {
    const help = await SCREENS["guide, first check"](page);
    await help.answer(first.label, "That fixed it");
    await help.title("Glad that fixed it").waitFor();
    return help;
  },
  async "ending, expected"(page) {
    const help = new Help(page);
    await page.goto(`${BASE}/product/dialler/campaign-detail/stats-grid`);
    await help.open();
    await help.find("pending is 0 and retries left is 0", "Pending is 0");
    await help.answer("Look whether any contact is left", "Still stuck");
    await help.answer("Read the campaign's state", "Still stuck");
    await help.title("This is expected").waitFor();
    return help;
  },
  async "ending, handover"(page) {
    const help = await SCREENS["guide, first check"](page);
    await walk(help, scopien.checks);
    await help.handover();
    return help;
  },
  async "contact, guest"(page) {
    const help = new Help(page);
    await page.goto(`${BASE}/product/cic/calls?guest`);
    await help.open();
    await help.contact();
    return help;
  },
  async sent(page) {
    const help = await SCREENS["contact, guest"](page);
    await help.note().fill("The list stops on Monday.");
    await help.send();
    return help;
  },
  async queued(page) {
    const help = await SCREENS["contact, guest"](page);
    await page.route("**/api/reports", (route) => route.abort());
    await help.note().fill("No network here.");
    await help.sendButton().click();
    await help.sendState("Queued").waitFor();
    return help;
  },
  async kept(page) {
    const help = await SCREENS["guide, first check"](page);
    await help.answer(first.label, "Still stuck");
    await help.panel.getByRole("button", { name: "What is kept on this device" }).click();
    await help.panel.getByRole("button", { name: "Erase" }).waitFor();
    return help;
  },
  async "incident, home"(page) {
    await serve(page, () => outage());
    const help = await SCREENS.home(page);
    await help.title("Salesforce sync is down").waitFor();
    return help;
  },
  async "incident, results"(page) {
    const help = await SCREENS["incident, home"](page);
    await help.type("salesforce sync");
    await help.options.first().waitFor();
    return help;
  },
  async "incident, guide"(page) {
    const help = await SCREENS["incident, results"](page);
    await help.options.first().click();
    await help.panel.getByRole("button", { name: "I have something else" }).waitFor();
    return help;
  },
  async "incident, waited for"(page) {
    const help = await SCREENS["incident, guide"](page);
    await help.panel.getByRole("button", { name: "Tell me when it is fixed" }).click();
    await help.panel.getByText("We will tell you here").first().waitFor();
    return help;
  },
  async "incident, set aside"(page) {
    const help = await SCREENS["incident, guide"](page);
    await help.panel.getByRole("button", { name: "I have something else" }).click();
    await help.panel.getByRole("button", { name: "Still stuck" }).waitFor();
    return help;
  },
  async "maintenance, guide"(page) {
    await page.clock.install({ time: new Date("2026-12-06T07:30:00Z") });
    await serve(page, () => CALM);
    const help = await SCREENS.home(page);
    await help.find(scopien.symptom, scopien.title);
    return help;
  },
  async error(page) {
    const help = await SCREENS.closed(page);
    await page.route("**/kb/*.kb", (route) => route.fulfill({ status: 404, body: "" }));
    await help.launcher.click();
    await page.getByRole("alert").getByText("Help").waitFor();
    return help;
  },
};

/** Screens of the widget inside the status page. */
export const INLINE = {
  async "inline, home"(page) {
    const help = new Help(page, "inline");
    await page.goto(`${BASE}/`);
    await page.locator("#help-title").scrollIntoViewIfNeeded();
    await help.field.waitFor();
    return help;
  },
  async "inline, results"(page) {
    const help = await INLINE["inline, home"](page);
    await help.type("assistant slow");
    await help.options.first().waitFor();
    return help;
  },
  async "inline, outage"(page) {
    const help = new Help(page, "inline");
    await page.goto(`${BASE}/?feed=outage`);
    await page.locator("#help-title").scrollIntoViewIfNeeded();
    await help.title("Salesforce sync is down").waitFor();
    return help;
  },
  async "inline, outage, results"(page) {
    const help = await INLINE["inline, outage"](page);
    await help.type("salesforce sync");
    await help.options.first().waitFor();
    return help;
  },
  async "inline, outage, guide"(page) {
    const help = await INLINE["inline, outage, results"](page);
    await help.options.first().click();
    await help.panel.getByRole("button", { name: "I have something else" }).waitFor();
    return help;
  },
  async "inline, guide"(page) {
    const help = await INLINE["inline, home"](page);
    await help.find(scopien.symptom, scopien.title);
    await help.check(first.label).waitFor();
    return help;
  },
};

/** Screens that break something on purpose, and so may report it on the console. */
export const FAULTY = new Set(["error", "queued"]);
