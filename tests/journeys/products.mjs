// One guide of each product, check by check, with what a person does at each and what the report
// must then say. Wording and order are those of the knowledge bases.

/** Start page, symptom as typed, title of the guide, and its checks. */
export const PRODUCTS = {
  scopien: {
    start: "/product/scopien/home",
    symptom: "no new data from salesforce",
    title: "Nothing comes across from Salesforce",
    checks: [
      { id: "see-service", label: "See whether Salesforce sync is up", byItself: "passed" },
      {
        id: "see-active", label: "See whether the connection shows", press: "Still stuck",
        link: "Settings → Integrations → Salesforce", route: "/settings/integrations/salesforce", heading: "Salesforce",
      },
      { id: "see-last-sync", label: "See whether the last sync is under 1 hour old", press: "Skip" },
      {
        id: "look-in-logs", label: "Look for errors in the sync logs", press: "Still stuck",
        link: "Settings → Logs → Sync Logs", route: "/settings/logs/sync-logs", heading: "Sync Logs",
      },
      { id: "see-api-usage", label: "Look at your API usage in Salesforce", press: "Still stuck" },
      { id: "choose-finding", label: "Choose what you found", choice: "None of these fits" },
    ],
    priority: "A major feature is down",
    priorityId: "high",
  },
  cic: {
    start: "/product/cic/calls",
    symptom: "portal rejects my password",
    title: "Sign-in says",
    checks: [
      { id: "check-connection", label: "Check that you are online", byItself: "passed" },
      {
        id: "reset-password", label: "Set a new password", press: "Still stuck",
        link: "Sign-in → Password reset", route: "/sign-in/password-reset", heading: "Password reset",
      },
      { id: "confirm-account", label: "Open the confirmation message", press: "Still stuck" },
    ],
  },
  oxvo: {
    start: "/product/oxvo/inboxes",
    symptom: "no chats reach my inbox",
    title: "No conversations reach the inbox",
    checks: [
      { id: "channel-credentials", label: "Make sure that the channel", press: "Still stuck" },
      { id: "assign-agents", label: "Assign agents to the inbox", press: "Skip" },
      { id: "test-message", label: "Send one controlled test message", press: "Still stuck" },
      {
        id: "channel-state", label: "Check whether the channel shows", press: "Still stuck",
        link: "Channels", route: "/channels", heading: "Channels",
      },
    ],
  },
  dialler: {
    start: "/product/dialler/campaigns",
    symptom: "campaign stuck in draft",
    title: "A draft campaign won't start",
    checks: [
      { id: "read-settings", label: "Look for a missing setting", byItself: "passed" },
      {
        id: "choose-bot", label: "Choose a bot in step 1", press: "Still stuck",
        link: "Campaign wizard → 1 Basics", route: "/campaign-wizard/1-basics", heading: "1 Basics",
      },
      {
        id: "tick-number", label: "Tick at least one number in step 2", press: "Skip",
        link: "Campaign wizard → 2 Number Pool", route: "/campaign-wizard/2-number-pool", heading: "2 Number Pool",
      },
      { id: "look-over-config", label: "Look over concurrency", press: "Still stuck" },
      { id: "upload-csv", label: "Upload a CSV in step 4", press: "Still stuck" },
    ],
  },
};

/** What the report calls that answer. */
export const OUTCOMES = { "Still stuck": "still_stuck", Skip: "skipped", "That fixed it": "fixed" };

/** What the report must say of each check, in order. */
export function expected(checks) {
  return checks.map((check) => [check.id, check.byItself ?? (check.choice ? "chose" : OUTCOMES[check.press])]);
}

/** Walks through checks as their list says. `onLink` is called after each deep link was followed. */
export async function walk(help, checks, onLink = async () => {}) {
  for (const check of checks) {
    if (check.byItself) continue;
    await help.check(check.label).waitFor();
    if (check.link) {
      await help.follow(check.link);
      // On a phone the sheet made room for the page.
      const folded = help.page.getByRole("button", { name: /Back to the check$/ });
      if ((await help.page.evaluate(() => innerWidth)) < 480) await folded.click();
      await onLink(check);
      await help.check(check.label).waitFor();
    }
    if (check.choice) await help.choose(check.label, check.choice);
    else await help.answer(check.label, check.press);
  }
}
