// The status feed of a product: fetched, moved to today, and counted out day by day.
// What the widget reads of the same feed is its own matter.

import { DAY, MINUTE, nextMonthly, shift, startOfDay } from "./time.js";

/** How bad a state is; also the order in which states outshine each other. */
export const SEVERITY = ["unknown", "operational", "maintenance", "degraded", "partial_outage", "major_outage"];

/** The words for a state. */
export const STATE_WORDS = {
  operational: "Operational",
  maintenance: "Maintenance",
  degraded: "Degraded",
  partial_outage: "Partial outage",
  major_outage: "Major outage",
  unknown: "Unknown",
};

/** The words for a phase of an incident. */
export const PHASE_WORDS = {
  investigating: "Investigating",
  identified: "Identified",
  monitoring: "Monitoring",
  resolved: "Resolved",
};

/** What a minute of each state takes off the uptime; slow answers are marked, not counted. */
const WEIGHT = { partial_outage: 0.3, major_outage: 1 };

/** How many days the bars go back. */
export const DAYS = 90;

/** Where the feed of a product lies, such as it is, or in one of the states that the page can show. */
export const feedOf = (product, scene) => `/demo/feeds/${product}${scene ? `-${scene}` : ""}.json`;

/** Reads a feed. Throws when it cannot be had or is not of the expected form. */
export async function load(address, now) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`The status feed answered ${response.status}.`);
  const text = await response.text();
  let feed;
  try {
    feed = JSON.parse(text);
  } catch {
    throw new Error("The status feed holds no data that can be read.");
  }
  return read(feed, now);
}

/** The feed with times as numbers, moved to today, and the days of each service. */
export function read(feed, now) {
  const by = shift(feed.clock, now);
  const time = (text) => (text === undefined ? undefined : Date.parse(text) + by);
  const incident = (entry) => ({
    ...entry,
    started_at: time(entry.started_at),
    resolved_at: time(entry.resolved_at),
    // What is open carries its latest word as a message, what is over has it among the others.
    updates: [...(entry.message ? [{ at: entry.updated_at, status: entry.status, text: entry.message }] : []), ...(entry.updates ?? [])].map(
      (update) => ({ ...update, at: time(update.at) }),
    ),
  });
  const incidents = (feed.incidents ?? []).map(incident);
  const history = (feed.history ?? []).map(incident);
  const services = Object.entries(feed.services ?? {}).map(([id, service]) => ({
    id,
    ...service,
    state: SEVERITY.includes(service.status) ? service.status : "unknown",
    days: days(id, [...incidents, ...history], now),
  }));
  const maintenances = (feed.maintenances ?? []).map((entry) => ({
    ...entry,
    text: entry.message,
    from: time(entry.starts_at),
    to: time(entry.ends_at),
  }));
  if (feed.monthly) maintenances.push({ ...feed.monthly, ...nextMonthly(feed.monthly, now) });
  const worst = services.reduce(
    (state, service) => (SEVERITY.indexOf(service.state) > SEVERITY.indexOf(state) ? service.state : state),
    "unknown",
  );
  return {
    state: worst,
    message: feed.message,
    services,
    incidents,
    history,
    maintenances: maintenances.filter((entry) => entry.to > now).sort((a, b) => a.from - b.from),
    updatedAt: time(feed.clock),
  };
}

/** The last 90 days of a service, the oldest first: worst state and minutes of trouble of each. */
function days(service, incidents, now) {
  const own = incidents.filter((incident) => incident.services.includes(service));
  const today = startOfDay(now);
  return Array.from({ length: DAYS }, (_, index) => {
    // Through noon, so that days of 23 and 25 hours count as one.
    const from = startOfDay(today - (DAYS - 1 - index) * DAY + DAY / 2);
    const to = startOfDay(from + DAY + DAY / 2);
    const day = { from, state: "operational", minutes: 0, lost: 0 };
    for (const incident of own) {
      const overlap = Math.min(incident.resolved_at ?? now, to) - Math.max(incident.started_at, from);
      if (overlap <= 0) continue;
      day.minutes += overlap / MINUTE;
      day.lost += (overlap / MINUTE) * (WEIGHT[incident.impact] ?? 0);
      if (SEVERITY.indexOf(incident.impact) > SEVERITY.indexOf(day.state)) day.state = incident.impact;
    }
    return day;
  });
}

/** The share of minutes in which the service could be used, in percent. */
export function uptime(days) {
  const lost = days.reduce((sum, day) => sum + day.lost, 0);
  return 100 * (1 - lost / (days.length * 24 * 60));
}
