// The product page: an area of settings that routes inside the page, so that the widget's deep
// links are seen to work. The screens come from pages.js.

import { h, stateIcon, svg } from "./dom.js";
import { PAGES, pageAt } from "./pages.js";
import { PERSON, PRODUCTS, aim, productOf } from "./products.js";

const product = productOf(location.pathname.split("/")[2]);
const base = `/product/${product}`;
const { name, mark, plan, context } = PRODUCTS[product];
const part = (id) => document.getElementById(id);
const help = part("help");
const guest = new URLSearchParams(location.search).has("guest");

frame();
menu();
show(location.pathname);

addEventListener("popstate", () => show(location.pathname));
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (isOurs(link.href)) {
    event.preventDefault();
    go(link.href, true);
  }
});

// The widget asks before it leaves the page; a place in this product opens without a reload.
help.addEventListener("unstuck-navigate", (event) => {
  if (!isOurs(event.detail.href)) return;
  event.preventDefault();
  go(event.detail.href, false);
});

function isOurs(href) {
  const url = new URL(href, location.href);
  return url.origin === location.origin && (url.pathname === base || url.pathname.startsWith(`${base}/`));
}

function go(href, byKey) {
  const url = new URL(href, location.href);
  history.pushState(null, "", url.pathname + location.search + url.hash);
  show(url.pathname);
  if (byKey) part("main").focus({ preventScroll: true });
  scrollTo(0, 0);
}

function frame() {
  document.documentElement.dataset.product = product;
  part("brand-name").textContent = name;
  part("brand").href = `${base}/`;
  part("brand-mark").replaceChildren(...mark.map((d) => svg("path", { d })));
  part("initials").textContent = PERSON.initials;
  part("person").textContent = PERSON.name;
  part("workspace").textContent = context.workspace;
  part("support").href = `/demo/support.html?product=${product}`;
  aim(help, product);
  // Wide screens show the menu open; on a phone it folds to one line.
  const wide = matchMedia("(min-width: 760px)");
  const fold = () => {
    part("menu").open = wide.matches;
  };
  fold();
  wide.addEventListener("change", fold);
}

/** The menu: pages by the first part of their name. A page that is alone there keeps its whole name. */
function menu() {
  const groups = new Map();
  for (const page of PAGES[product]) {
    const first = page.label.split(" → ")[0];
    groups.set(first, [...(groups.get(first) ?? []), page]);
  }
  part("pages").replaceChildren(
    ...[...groups].map(([first, pages]) =>
      h(
        "div",
        { class: pages.length > 1 ? "group named" : "group" },
        pages.length > 1 ? h("p", { class: "group-name" }, first) : null,
        h("ul", {}, pages.map((page) => h("li", {}, menuLink(page, pages.length > 1)))),
      ),
    ),
  );
}

function menuLink(page, inGroup) {
  const steps = page.label.split(" → ");
  const above = steps.slice(inGroup ? 1 : 0, -1).map((step) => `${step} → `);
  return h("a", { href: base + encodeURI(page.path), "data-path": page.path }, above.length > 0 ? h("span", {}, above) : null, steps.at(-1));
}

function show(pathname) {
  const path = pathname.slice(base.length);
  const page = pageAt(product, path);
  const label = page?.label ?? "Nothing stands here";
  const steps = label.split(" → ");
  part("title").textContent = steps.at(-1);
  part("crumbs").textContent = steps.length > 1 ? steps.slice(0, -1).join(" → ") : "";
  part("lead").textContent = page?.lead ?? "This address leads to no page of the product. Choose one from the menu.";
  part("controls").replaceChildren(...(page?.controls ?? []).map(control));
  part("controls").hidden = !page;
  part("route").textContent = page?.path ?? path;
  document.title = `${steps.at(-1)} · ${name}`;
  for (const link of part("pages").querySelectorAll("a")) {
    if (link.dataset.path === page?.path) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  tell(page?.path ?? path);
}

/** Tells the widget where the person is and who it is. */
function tell(route) {
  customElements.whenDefined("unstuck-help").then(() =>
    help.setContext({
      ...context,
      plan,
      role: "member",
      route,
      user: guest ? { id: PERSON.id, name: PERSON.name } : { id: PERSON.id, name: PERSON.name, email: PERSON.email },
    }),
  );
}

/** One control of a screen; all of them work, none of them keeps anything. */
function control([kind, id, label, value, hint]) {
  switch (kind) {
    case "switch":
      return row(label, hint, h("input", { type: "checkbox", role: "switch", class: "switch", id, checked: value }), id);
    case "field":
      return row(label, hint, h("input", { type: "text", id, value, autocomplete: "off" }), id);
    case "select":
      return row(label, hint, h("select", { id }, value.map((text) => h("option", {}, text))), id);
    case "state":
      return row(label, null, h("p", { id, class: "value" }, hint ? stateIcon(hint) : null, value));
    case "checks":
      return h(
        "fieldset",
        { class: "row checks", id },
        h("legend", {}, label),
        value.map((text) => h("label", {}, h("input", { type: "checkbox", checked: true }), text)),
      );
    case "log":
      return h(
        "div",
        { class: "row log" },
        h("h2", { id: `${id}-name` }, label),
        h(
          "table",
          { id, "aria-labelledby": `${id}-name` },
          h("tbody", {}, value.map(([head, ...cells]) => h("tr", {}, h("th", { scope: "row" }, head), cells.map((cell) => h("td", {}, cell))))),
        ),
      );
    default: {
      const answer = h("p", { class: "answer", role: "status" });
      const press = h("button", { type: "button", class: "button", id }, label);
      press.addEventListener("click", () => {
        answer.textContent = value ?? "Done.";
      });
      return h("div", { class: "row act" }, press, answer);
    }
  }
}

function row(label, hint, input, id) {
  return h("div", { class: "row" }, h("div", {}, h(id ? "label" : "h2", id ? { for: id } : {}, label), hint ? h("p", {}, hint) : null), input);
}
