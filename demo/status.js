// The status page: draws the feed of one product. What stands in index.html is what a reader
// without JavaScript gets; this replaces it part by part.

import { h, stateIcon, svg } from "./dom.js";
import { PHASE_WORDS, STATE_WORDS, feedOf, load, uptime } from "./feed.js";
import { PERSON, PRODUCTS, aim, productOf } from "./products.js";
import { duration, hourMinute, longDay, moment, shortDay, startOfDay, zoneName } from "./time.js";

const HEADLINES = {
  operational: "All systems are up",
  maintenance: "Maintenance is under way",
  degraded: "Some systems are slow",
  partial_outage: "Part of a system is down",
  major_outage: "A system is down",
  unknown: "The state is unknown",
};

// The states that the page can be shown in; one product has feeds for them.
const SCENES = { calm: "All well", "": "Slow", outage: "Outage", maintenance: "Maintenance", broken: "Broken feed" };

const asked = new URLSearchParams(location.search);
const product = productOf(asked.get("product"));
const widgets = [...document.querySelectorAll("unstuck-help")];
const part = (id) => document.getElementById(id);
let scene = product === "scopien" && Object.hasOwn(SCENES, asked.get("feed") ?? "") ? (asked.get("feed") ?? "") : "";

frame();
scenes();
await show();

async function show() {
  const shown = scene;
  let feed;
  try {
    feed = await load(feedOf(product, scene), Date.now());
  } catch (error) {
    feed = error;
  }
  // Another state may have been chosen meanwhile.
  if (shown !== scene) return;
  if (feed instanceof Error) drawNothing(feed);
  else draw(feed, Date.now());
}

/** The switch between the states, and the addresses that show them at once. */
function scenes() {
  if (product !== "scopien") return;
  const buttons = Object.entries(SCENES).map(([name, words]) =>
    h("button", { type: "button", "aria-pressed": String(name === scene), "data-scene": name }, words),
  );
  part("scenes").append(...buttons);
  part("scenes").hidden = false;
  part("scenes").addEventListener("click", (event) => {
    const name = event.target.dataset?.scene;
    if (name === undefined || name === scene) return;
    scene = name;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.scene === scene));
    history.replaceState(null, "", scene ? `/?feed=${scene}` : "/");
    for (const widget of widgets) widget.setAttribute("status", feedOf(product, scene));
    show();
  });
}

function drawNothing(error) {
  part("overall").replaceChildren(
    stateIcon("unknown"),
    h("div", {}, h("h1", {}, HEADLINES.unknown), h("p", {}, `${error.message} The checks below do not need it.`)),
  );
  part("overall").dataset.state = "unknown";
  part("components").replaceChildren(h("li", { class: "nothing" }, "The systems cannot be listed without the feed."));
  part("planned").replaceChildren(h("li", { class: "nothing" }, "Unknown."));
  part("history").replaceChildren(h("p", { class: "nothing" }, "Unknown."));
  part("incidents").replaceChildren();
  document.documentElement.dataset.drawn = "";
}

/** Names, links and widgets of the product; none of it waits for the feed. */
function frame() {
  const { name, mark } = PRODUCTS[product];
  document.documentElement.dataset.product = product;
  document.title = `${name} status`;
  part("brand-name").textContent = name;
  part("brand-mark").replaceChildren(...mark.map((d) => svg("path", { d })));
  part("open-product").href = `/product/${product}/`;
  part("open-product").textContent = `Open ${name}`;
  part("zone").textContent = `Times are shown in your time zone, ${zoneName()}.`;
  for (const link of document.querySelectorAll("#products a")) {
    const current = new URL(link.href).searchParams.get("product") === product;
    if (current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (product !== "scopien" || scene) {
    part("overall").replaceChildren();
    for (const id of ["incidents", "components", "planned", "history"]) part(id).replaceChildren();
  }
  for (const link of document.querySelectorAll("a[data-support]")) {
    link.href = `/demo/support.html?product=${product}`;
  }
  for (const widget of widgets) aim(widget, product, feedOf(product, scene));
  customElements.whenDefined("unstuck-help").then(() => {
    for (const widget of widgets) {
      widget.setContext({ plan: PRODUCTS[product].plan, user: { id: PERSON.id, name: PERSON.name } });
    }
  });
}

function draw(feed, now) {
  drawOverall(feed, now);
  part("incidents").replaceChildren(...feed.incidents.map((incident) => openIncident(incident, feed, now)));
  part("components").replaceChildren(...feed.services.map(component));
  part("planned").replaceChildren(...planned(feed));
  part("history").replaceChildren(...past(feed));
  document.documentElement.dataset.drawn = "";
}

function drawOverall(feed, now) {
  const detail =
    feed.state === "operational"
      ? `All ${feed.services.length} systems work as they should.`
      : [feed.message, "Everything else works as it should."].filter(Boolean).join(". ");
  part("overall").dataset.state = feed.state;
  part("overall").replaceChildren(
    stateIcon(feed.state),
    h("div", {}, h("h1", {}, HEADLINES[feed.state]), h("p", {}, detail)),
    h("p", { class: "updated" }, "Updated ", h("time", { datetime: new Date(feed.updatedAt).toISOString() }, moment(feed.updatedAt, now))),
  );
}

function updates(list, now) {
  return h(
    "ol",
    { class: "updates" },
    list.map((update) =>
      h(
        "li",
        { "data-phase": update.status },
        h("p", { class: "update-head" }, h("strong", {}, PHASE_WORDS[update.status] ?? "Update"), " ", h("time", { datetime: new Date(update.at).toISOString() }, moment(update.at, now))),
        h("p", {}, update.text),
      ),
    ),
  );
}

function names(ids, feed) {
  return ids.map((id) => feed.services.find((service) => service.id === id)?.name ?? id).join(", ");
}

function openIncident(incident, feed, now) {
  return h(
    "article",
    { class: "incident", id: incident.id, "data-state": incident.impact, "aria-labelledby": `${incident.id}-title` },
    h(
      "header",
      {},
      h("h2", { id: `${incident.id}-title` }, incident.title),
      h("p", { class: "facts" }, h("span", { class: "chip" }, PHASE_WORDS[incident.status] ?? "Open"), ` Since ${moment(incident.started_at, now)} · ${names(incident.services, feed)}`),
    ),
    updates(incident.updates, now),
  );
}

function component(service) {
  const trouble = service.days.filter((day) => day.state !== "operational").length;
  const share = uptime(service.days);
  const percent = share === 100 ? "100 %" : `${share.toFixed(2)} %`;
  const readout = h("span", { class: "readout" }, `${percent} uptime`);
  const bars = h(
    "div",
    { class: "bars", role: "img", "aria-label": `${percent} uptime in 90 days, ${trouble === 0 ? "no day" : trouble === 1 ? "1 day" : `${trouble} days`} with trouble` },
    service.days.map((day) => h("i", { "data-state": day.state, "data-day": day.from })),
  );
  // Under the pointer a bar tells its day; without one the history below says the same.
  bars.addEventListener("pointerover", (event) => {
    const day = service.days.find((each) => String(each.from) === event.target.dataset?.day);
    if (!day) return;
    readout.textContent =
      day.minutes === 0
        ? `${shortDay(day.from)}: no trouble`
        : `${shortDay(day.from)}: ${STATE_WORDS[day.state].toLowerCase()}, ${duration(day.minutes * 60_000)}`;
  });
  bars.addEventListener("pointerleave", () => {
    readout.textContent = `${percent} uptime`;
  });
  return h(
    "li",
    { class: "component", "data-state": service.state },
    h(
      "div",
      { class: "component-head" },
      h("div", {}, h("h3", {}, service.name), h("p", {}, service.about ?? "")),
      h("p", { class: "state" }, stateIcon(service.state), STATE_WORDS[service.state]),
    ),
    bars,
    h(
      "div",
      { class: "scale", "aria-hidden": "true" },
      h("span", { class: "wide" }, "90 days ago"),
      h("span", { class: "narrow" }, "45 days ago"),
      readout,
      h("span", {}, "Today"),
    ),
    service.state !== "operational" && service.article
      ? h("a", { class: "button", href: `/demo/support.html?product=${product}`, "data-unstuck-article": service.article, "data-unstuck-for": "inline-help" }, "Is it this? See what to check")
      : null,
  );
}

function planned(feed) {
  if (feed.maintenances.length === 0) return [h("li", { class: "nothing" }, "Nothing is planned.")];
  return feed.maintenances.map((entry) =>
    h(
      "li",
      { class: "planned" },
      h(
        "div",
        { class: "calendar", "aria-hidden": "true" },
        h("span", {}, new Date(entry.from).toLocaleDateString("en", { month: "short" })),
        h("strong", {}, new Date(entry.from).getDate()),
      ),
      h(
        "div",
        {},
        h("h3", {}, entry.title),
        h("p", { class: "facts" }, `${longDay(entry.from)}, ${hourMinute(entry.from)} to ${hourMinute(entry.to)} · ${names(entry.services, feed)}`),
        h("p", {}, entry.text),
      ),
    ),
  );
}

function past(feed) {
  if (feed.history.length === 0) return [h("p", { class: "nothing" }, "No incidents in the past 90 days.")];
  return feed.history.map((incident) =>
    h(
      "details",
      { class: "past", id: incident.id, "data-state": incident.impact },
      h(
        "summary",
        {},
        h("span", { class: "past-day" }, shortDay(incident.started_at)),
        h("span", { class: "past-title" }, stateIcon(incident.impact), h("span", {}, incident.title)),
        h("span", { class: "past-facts" }, `${STATE_WORDS[incident.impact] ?? "Unknown"}, ${duration(incident.resolved_at - incident.started_at)}`),
      ),
      h("p", { class: "facts" }, names(incident.services, feed)),
      updates(incident.updates, startOfDay(incident.started_at)),
    ),
  );
}
