// Status feeds for the tests: what the page's feed answers, and how often it was asked.

/** A feed in the plain form; `services` are Scopien's. */
export const feed = (services = {}, rest = {}) =>
  JSON.stringify({
    services: { dashboard: "operational", api: "operational", salesforce_sync: "operational", ai_assistant: "operational", ...services },
    ...rest,
  });

export const CALM = feed();

/** When the outage began: an hour before `now`. */
export const outage = (now = Date.now()) =>
  feed(
    { salesforce_sync: { status: "major_outage", name: "Salesforce sync" } },
    {
      incidents: [
        {
          id: "sync-down", title: "Salesforce sync is down", status: "identified", impact: "major_outage", services: ["salesforce_sync"],
          started_at: new Date(now - 3_600_000).toISOString(), updated_at: new Date(now - 600_000).toISOString(),
          message: "A queue is full and is being moved. No record is lost.", url: "https://status.example/incidents/sync-down",
        },
      ],
    },
  );

/**
 * Answers the widgets' requests for the feed with what `answer()` returns then: text, an object for `route.fulfill`,
 * or `null` for no answer at all. Returns the list of the widget's requests.
 */
export async function serve(page, answer) {
  const asked = [];
  await page.route("**/demo/feeds/*.json", async (route) => {
    const headers = route.request().headers();
    // The demo's status page reads the feed, too; the widget alone sends no address of the page.
    if (headers.referer) return route.continue();
    asked.push(Date.now());
    const given = answer();
    if (given === null) return;
    await route.fulfill(typeof given === "string" ? { contentType: "application/json", body: given } : given);
  });
  return asked;
}
