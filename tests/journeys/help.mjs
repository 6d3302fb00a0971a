// What a person does with the widget, in a person's words. Roles and names are those that the
// design promises; nothing here knows a class, an id or the shape of the shadow tree.

import assert from "node:assert/strict";
import { BASE, until } from "./browser.mjs";

/** Escapes text for a regular expression. */
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
/** A name that begins with this text. */
export const begins = (text) => new RegExp(`^${literal(text)}`);

export class Help {
  /** `mode`: "launcher" for the panel behind the button, "inline" for the part of a page. */
  constructor(page, mode = "launcher") {
    this.page = page;
    this.mode = mode;
    this.launcher = page.getByRole("button", { name: /^Help(,|$)/ });
    this.panel = page.getByRole(mode === "inline" ? "region" : "dialog", { name: "Help", exact: true });
    this.field = this.panel.getByRole("combobox", { name: "Search help" });
    this.list = this.panel.getByRole("listbox", { name: "Results" });
    this.options = this.list.getByRole("option");
  }

  /** Opens the panel with the mouse and sees the caret in the search field. */
  async open() {
    await this.launcher.click();
    await this.field.waitFor();
    await until("the search field has the focus", () => this.hasFocus(this.field));
  }

  /** The loader has drawn the launcher, be it seen or hidden. */
  async drawn() {
    await until("the launcher is drawn", () => this.page.evaluate(() => Boolean(document.querySelector("unstuck-help").shadowRoot?.firstChild)));
  }

  /** Hides the launcher for a day, as who finds it in their way does, and closes the panel. */
  async hideButton() {
    await this.panel.getByRole("button", { name: "What is kept on this device" }).click();
    await this.panel.getByRole("button", { name: "Hide the Help button for a day" }).click();
    await this.panel.getByRole("status").filter({ hasText: "stays away for a day" }).waitFor();
    await this.panel.getByRole("button", { name: "Close" }).click();
    await this.launcher.waitFor({ state: "hidden" });
  }

  /** Scrolls to the widget inside the status page, which loads when it comes near the window. */
  async scrollTo() {
    await this.page.locator("#help-title").scrollIntoViewIfNeeded();
    await this.panel.waitFor();
  }

  /** Opens the panel unless it is open already, or about to be, as after a reload. */
  async reopen() {
    await this.launcher.waitFor();
    if ((await this.launcher.getAttribute("aria-expanded")) !== "true") await this.launcher.click();
    await this.panel.waitFor();
  }

  /** Goes on with the guide that was left: it is there, or one press away. */
  async resume(label) {
    const resume = this.panel.getByRole("button", { name: /^You were at check/ });
    await this.check(label).or(resume).first().waitFor();
    if (await resume.isVisible()) await resume.click();
    await this.check(label).waitFor();
  }

  /** Whether that control has the focus, through shadow roots. */
  hasFocus(locator) {
    return locator.evaluate((element) => element.getRootNode().activeElement === element);
  }

  /** Types letter by letter over whatever the search field holds. */
  async type(text) {
    await this.field.fill("");
    await this.field.pressSequentially(text);
  }

  /** Walks down the list by keyboard to the option that begins with a title, and opens it. */
  async chooseByKeyboard(title) {
    await this.options.first().waitFor();
    const wanted = this.list.getByRole("option", { name: begins(title) }).first();
    await wanted.waitFor();
    const count = await this.options.count();
    for (let press = 0; press < count; press += 1) {
      await this.field.press("ArrowDown");
      if ((await wanted.getAttribute("aria-selected")) === "true") {
        await this.field.press("Enter");
        await this.title(title).waitFor();
        return;
      }
    }
    assert.fail(`the arrow keys never reached the option "${title}"`);
  }

  /** Searches, and opens the article with that title. */
  async find(symptom, title) {
    await this.type(symptom);
    await this.chooseByKeyboard(title);
  }

  /** The heading of an article or of an ending. */
  title(text) {
    return this.panel.getByRole("heading", { name: begins(text) }).first();
  }

  /** The check at hand, by the beginning of its instruction. */
  check(label) {
    return this.panel.getByRole("group", { name: begins(label) });
  }

  /** Answers the check at hand with one of its buttons. */
  async answer(label, button) {
    await this.check(label).getByRole("button", { name: button, exact: true }).click();
  }

  /** Takes one of a check's choices. */
  async choose(label, choice) {
    const group = this.check(label);
    await group.getByRole("radio", { name: begins(choice) }).check();
    await group.getByRole("button", { name: "Next", exact: true }).click();
  }

  /** Follows the deep link of the check at hand. */
  async follow(link) {
    await this.panel.getByRole("link", { name: begins(link) }).click();
  }

  async back() {
    await this.panel.getByRole("button", { name: "Back", exact: true }).click();
  }

  async close() {
    await this.panel.getByRole("button", { name: "Close", exact: true }).click();
    await this.panel.waitFor({ state: "hidden" });
  }

  /** The button that is on every screen. */
  contactButton() {
    return this.panel.getByRole("button", { name: "Contact support", exact: true }).first();
  }

  async contact() {
    await this.contactButton().click();
    await this.handover();
  }

  /** The handover is on screen. */
  async handover() {
    await this.title("Contact support").waitFor();
    await this.note().waitFor();
  }

  note() {
    return this.panel.getByRole("textbox", { name: "What happened" });
  }

  email() {
    return this.panel.getByRole("textbox", { name: "Your e-mail" });
  }

  /** The exact lines that will be sent, as a person reads them. */
  async linesToSend() {
    const region = this.panel.getByRole("region", { name: "What we will send" });
    return (await region.getByRole("listitem").allInnerTexts()).map((text) => text.trim());
  }

  sendButton() {
    return this.panel.getByRole("button", { name: "Send to support", exact: true });
  }

  /** The state of sending: status text that begins so. */
  sendState(words) {
    return this.panel.getByText(begins(words)).first();
  }

  /** Sends, sees "Sent", and returns the report as it left the page, with its idempotency key. */
  async send() {
    const leaving = this.page.waitForRequest((request) => request.method() === "POST" && request.url().includes("/api/reports"));
    await this.sendButton().click();
    const request = await leaving;
    await this.sendState("Sent").waitFor();
    const key = request.headers()["idempotency-key"];
    return { report: request.postDataJSON() ?? (await this.received(key)), key };
  }

  /** A report as the server has it: not every engine tells what a page sends. */
  async received(key) {
    const all = await (await fetch(`${BASE}/api/reports`)).json();
    return all.find((report) => report.id === key);
  }
}
