// The whole way of a stuck person, in each of the four products: symptom, guide, checks, deep link,
// and both ends.

import assert from "node:assert/strict";
import { BASE, PHONE, inBrowser, journey, until } from "./browser.mjs";
import { Help } from "./help.mjs";
import { PRODUCTS, expected, walk } from "./products.mjs";

inBrowser();

for (const [product, way] of Object.entries(PRODUCTS)) {
  journey(`In ${product} I describe the problem, follow a link to the setting, and that fixes it`, {}, async (page) => {
    const help = new Help(page);
    await page.goto(BASE + way.start);
    await help.open();
    await help.find(way.symptom, way.title);

    const linked = way.checks.findIndex((check) => check.link);
    await walk(help, way.checks.slice(0, linked));
    const check = way.checks[linked];
    await help.check(check.label).waitFor();
    const before = await page.evaluate(() => performance.timeOrigin);
    await help.follow(check.link);

    await page.getByRole("heading", { name: check.heading, exact: true, level: 1 }).waitFor();
    assert.equal(new URL(page.url()).pathname, `/product/${product}${check.route}`);
    assert.equal(await page.evaluate(() => performance.timeOrigin), before, "the page was not loaded anew");
    await help.check(check.label).waitFor();

    await help.answer(check.label, "That fixed it");
    await help.title("Glad that fixed it").waitFor();
    assert.equal(await help.panel.getByRole("button", { name: "Still stuck" }).count(), 0);
    const helped = help.panel.getByRole("group", { name: "Did this help?" });
    await helped.getByRole("button", { name: "Yes", exact: true }).click();
    await help.contactButton().waitFor();
  });

  journey(`In ${product} nothing helps, and support gets every check I tried`, {}, async (page) => {
    const help = new Help(page);
    await page.goto(BASE + way.start);
    await help.open();
    await help.find(way.symptom, way.title);
    await walk(help, way.checks, async (check) => {
      await until(`the page shows ${check.route}`, () => new URL(page.url()).pathname === `/product/${product}${check.route}`);
    });

    await help.handover();
    assert.equal(await help.email().count(), 0, "the page has said who I am");
    await help.note().fill("It stopped on Monday after the update.");
    if (way.priority) {
      await help.panel.getByRole("radiogroup", { name: "How bad is it?" }).getByRole("radio", { name: new RegExp(`^${way.priority}`) }).check();
    }
    const lines = await help.linesToSend();
    for (const check of way.checks) {
      assert.ok(lines.some((line) => line.includes(check.label)), `"${check.label}" is among what will be sent:\n${lines.join("\n")}`);
    }

    const { report, key } = await help.send();
    assert.equal(key, report.id);
    assert.equal(report.v, 1);
    assert.equal(report.product, product);
    assert.equal(report.note, "It stopped on Monday after the update.");
    assert.equal(report.from.email, "mara.lind@northwind.example");
    assert.equal(report.priority, way.priorityId);
    const leading = report.tried.filter((tried) => tried.outcome !== "could_not_run" && tried.outcome !== "failed");
    assert.deepEqual(leading.map((tried) => [tried.check, tried.outcome]), expected(way.checks));
    for (const check of way.checks) {
      assert.ok(report.tried.some((tried) => tried.check === check.id && tried.label.startsWith(check.label)), `the report words "${check.label}"`);
    }

    const received = await (await fetch(`${BASE}/api/reports`)).json();
    assert.deepEqual(received.filter((each) => each.id === report.id), [report], "the server has it once, as it was sent");
  });
}

journey("A line that I remove is not sent", {}, async (page) => {
  const help = new Help(page);
  const way = PRODUCTS.oxvo;
  await page.goto(BASE + way.start);
  await help.open();
  await help.find(way.symptom, way.title);
  await walk(help, way.checks);
  await help.handover();
  const region = help.panel.getByRole("region", { name: "What we will send" });
  const line = region.getByRole("listitem").filter({ hasText: "Send one controlled test message" });
  await line.getByRole("button", { name: /^Remove/ }).click();
  await line.waitFor({ state: "detached" });
  const { report } = await help.send();
  assert.deepEqual(report.tried.map((tried) => tried.check), ["channel-credentials", "assign-agents", "channel-state"]);
});

journey("What is expected behaviour ends without a ticket, and support stays one step away", {}, async (page) => {
  const help = new Help(page);
  await page.goto(`${BASE}/product/dialler/campaign-detail/stats-grid`);
  await help.open();
  await help.find("pending is 0 and retries left is 0", "Pending is 0 and retries left is 0");
  await help.answer("Look whether any contact is left", "Still stuck");
  await help.answer("Read the campaign's state", "Still stuck");
  await help.title("This is expected").waitFor();
  for (const name of ["That fixed it", "Still stuck", "Skip", "Send to support"]) {
    assert.equal(await help.panel.getByRole("button", { name, exact: true }).count(), 0, name);
  }
  assert.equal(await help.note().count(), 0);
  await help.contact();
});

journey("Back opens the previous check again, then leaves the guide, then shows my search", {}, async (page) => {
  const help = new Help(page);
  const way = PRODUCTS.oxvo;
  const [first, second] = way.checks;
  await page.goto(BASE + way.start);
  await help.open();
  await help.find(way.symptom, way.title);
  await help.answer(first.label, "Still stuck");
  await help.check(second.label).waitFor();
  await help.back();
  await help.check(first.label).getByRole("button", { name: "Still stuck", exact: true }).waitFor();
  await help.back();
  await help.field.waitFor();
  assert.equal(await help.field.inputValue(), way.symptom);
  await help.options.first().waitFor();
});

journey("A wait tells me the time of day, and I can check before it is over", {}, async (page) => {
  const help = new Help(page);
  await page.goto(`${BASE}/product/cic/calls`);
  await help.open();
  await help.find("recording won't play", "A recording won't play");
  const check = help.check("Give the recording 15 minutes");
  await check.getByRole("button", { name: "Start the wait", exact: true }).click();
  const ready = check.getByText(/Ready at \d\d:\d\d/);
  await ready.waitFor();
  const [, hour, minute] = (await ready.innerText()).match(/Ready at (\d\d):(\d\d)/);
  const berlin = await page.evaluate(() => new Date().getHours() * 60 + new Date().getMinutes());
  const ahead = (Number(hour) * 60 + Number(minute) - berlin + 1440) % 1440;
  assert.ok(ahead >= 14 && ahead <= 16, `${ahead} minutes ahead`);
  await check.getByRole("button", { name: "Check now", exact: true }).click();
  await help.answer("Give the recording 15 minutes", "That fixed it");
  await help.title("Glad that fixed it").waitFor();
});

journey("A picture goes along with my report, made small and drawn anew", {}, async (page) => {
  const help = new Help(page);
  await page.goto(BASE + PRODUCTS.oxvo.start);
  await help.open();
  await help.contact();
  await help.note().fill("See the picture.");
  const png = await page.evaluate(async () => {
    const canvas = document.createElement("canvas");
    canvas.width = 3200;
    canvas.height = 200;
    canvas.getContext("2d").fillRect(0, 0, 50, 50);
    return canvas.toDataURL("image/png").split(",")[1];
  });
  const choosing = page.waitForEvent("filechooser");
  await help.panel.getByRole("button", { name: "Attach a picture" }).click();
  const chooser = await choosing;
  await chooser.setFiles({ name: "screen.png", mimeType: "image/png", buffer: Buffer.from(png, "base64") });
  await help.panel.getByRole("button", { name: "Remove Picture: screen.png" }).waitFor();
  await page.reload();
  await help.reopen();
  await help.panel.getByRole("button", { name: "Remove Picture: screen.png" }).waitFor();
  const { report } = await help.send();
  assert.equal(report.attachments.length, 1);
  const [{ name, type, data }] = report.attachments;
  assert.deepEqual([name, type], ["screen.png", "image/png"]);
  assert.equal(Buffer.from(data, "base64").readUInt32BE(16), 1600, "it is 1,600 pixels wide");
  const left = await page.evaluate(() => Object.entries(localStorage).find(([key]) => key.endsWith(":pictures"))?.[1] ?? "");
  assert.ok(left.length < 8, "nothing of it stays on the device");
});

const OUTLINED = () => document.getAnimations().filter((one) => one.id === "unstuck-arrival").map((one) => one.effect.target.id);

/** Walks to the first check with a deep link and follows that; gives the check and its place. */
async function followFirst(page, way) {
  const help = new Help(page);
  const linked = way.checks.findIndex((check) => check.link);
  await page.goto(BASE + way.start);
  await help.open();
  await help.find(way.symptom, way.title);
  await walk(help, way.checks.slice(0, linked));
  await help.follow(way.checks[linked].link);
  return { help, check: way.checks[linked], place: linked + 1 };
}

journey("The setting that a link leads to is outlined, and my focus stays with me", {}, async (page) => {
  const { help } = await followFirst(page, PRODUCTS.oxvo);
  await until("the setting is outlined", async () => (await page.evaluate(OUTLINED)).length === 1);
  assert.deepEqual(await page.evaluate(OUTLINED), ["connect-channel"]);
  assert.notEqual(await page.evaluate(() => document.activeElement?.id), "connect-channel");
});

journey("On a phone the sheet makes room when I follow a link, and one press leads back to my check", { viewport: PHONE }, async (page) => {
  const { help, check, place } = await followFirst(page, PRODUCTS.oxvo);
  await page.getByRole("heading", { name: check.heading, exact: true, level: 1 }).waitFor();
  const back = page.getByRole("button", { name: new RegExp(`^Check ${place} of \\d+ · Back to the check$`) });
  await back.waitFor();
  await help.panel.waitFor({ state: "hidden" });
  await page.screenshot({ path: "screenshots/bar-phone.png" });
  await back.click();
  await help.check(check.label).waitFor();
  await until("the check has the focus", () => help.hasFocus(help.check(check.label)));
});
