// Builds elements from names, attributes and children. Text always becomes a text node, so that no
// word of a feed can turn into markup, and the pages run under Trusted Types.

/** An HTML element. `attributes` may hold `class`, `data-…`, booleans (`true` sets, `false` leaves out). */
export function h(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** An SVG element, decorative unless it is given a role. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const PATHS = {
  operational: ["M6 10.5l2.8 2.8L14.5 7.5"],
  degraded: ["M10 6v5", "M10 14v.01"],
  partial_outage: ["M10 6v5", "M10 14v.01"],
  major_outage: ["M7 7l6 6", "M13 7l-6 6"],
  maintenance: ["M10 6v4l2.6 2"],
  unknown: ["M8 8a2 2 0 1 1 2.6 1.9c-.5.2-.6.6-.6 1.1", "M10 14v.01"],
};

/** The sign of a state: a filled disc with a mark. A word always stands beside it. */
export function stateIcon(state) {
  return svg(
    "svg",
    { class: "state-icon", viewBox: "0 0 20 20", "aria-hidden": "true" },
    svg("circle", { cx: 10, cy: 10, r: 9 }),
    ...(PATHS[state] ?? PATHS.unknown).map((d) => svg("path", { d })),
  );
}
