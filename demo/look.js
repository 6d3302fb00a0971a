// The theming page: a control for every custom property of docs/embedding.md, the widget that takes
// the values at once, and the style sheet that does the same in a page of one's own.

import { contrast } from "./contrast.js";
import { h } from "./dom.js";

/** Colours: property, name, default in light and dark. */
export const COLOURS = [
  ["accent", "Accent", "#3a4ed5", "#8e9dff"],
  ["on-accent", "Text on accent", "#ffffff", "#0f1222"],
  ["launcher", "Launcher", "#3a4ed5", "#3a4ed5"],
  ["background", "Background", "#ffffff", "#171a26"],
  ["text", "Text", "#1b1e2b", "#eceef6"],
  ["link", "Links", "#2f41b8", "#aab5ff"],
];

/** Lengths and numbers: property, name, unit, least, most, step, default. */
export const SIZES = [
  ["radius", "Corners", "px", 0, 32, 1, 16],
  ["scale", "Scale", "", 0.8, 1.4, 0.05, 1],
  ["min-height", "Least height inline", "px", 320, 720, 10, 480],
  ["offset-x", "From the side", "px", 0, 96, 4, 16],
  ["offset-y", "From below", "px", 0, 160, 4, 16],
  ["z-index", "Layer of the launcher", "", 0, 2000, 100, 900],
];

/** Typefaces: property, name, and what there is to choose; the first is the default. */
export const FONTS = [
  ["font", "Typeface", [["The platform's", ""], ["Georgia", "Georgia, serif"], ["Verdana", "Verdana, sans-serif"], ["Trebuchet", "\"Trebuchet MS\", sans-serif"]]],
  ["font-mono", "Typeface of code", [["The platform's", ""], ["Courier", "\"Courier New\", monospace"]]],
];

const PRESETS = [
  ["Unstuck", {}],
  ["Forest", { accent: ["#0b6e52", "#5fd6ae"], "on-accent": ["#ffffff", "#04150f"], launcher: ["#0b6e52", "#5fd6ae"], link: ["#0a6149", "#7fe0bf"], radius: 8 }],
  ["Plum", { accent: ["#9c2a6b", "#f59ac8"], "on-accent": ["#ffffff", "#33091f"], launcher: ["#9c2a6b", "#f59ac8"], link: ["#8d235f", "#f7aed3"], background: ["#fffafc", "#1c141a"], radius: 24 }],
  ["Ledger", { accent: ["#1f2937", "#f3e9d2"], "on-accent": ["#ffffff", "#201a0c"], launcher: ["#1f2937", "#f3e9d2"], link: ["#7c3a00", "#ffc98a"], background: ["#fdfbf6", "#191712"], radius: 2, font: "Georgia, serif" }],
];

/** What must be told apart: which colours, and how they are called together. */
const PAIRS = [
  ["on-accent", "accent", "Text on accent"],
  ["text", "background", "Text on background"],
  ["link", "background", "Links on background"],
];

const part = (id) => document.getElementById(id);
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
/** Values that were chosen, by property; of a colour two, either may be absent. */
let chosen = {};

const theme = h("select", { id: "theme" }, ...[["auto", "The system's"], ["light", "Light"], ["dark", "Dark"]].map(([value, name]) => h("option", { value }, name)));
const readings = h("ul", { class: "readings", "aria-label": "Contrast" });

part("settings").append(
  group("Begin with", h("div", { class: "presets" }, ...PRESETS.map(([name, values]) => {
    const button = h("button", { type: "button", class: "button" }, name);
    button.onclick = () => begin(values);
    return button;
  }))),
  group("Colours", line(h("label", { for: "theme" }, "Theme"), theme),
    h("div", { class: "line heads", "aria-hidden": "true" }, h("span", {}, ""), h("span", {}, "Light"), h("span", {}, "Dark")),
    ...COLOURS.map(([name, label]) => h("div", { class: "line colours", role: "group", "aria-label": label }, h("span", {}, label), colour(name, label, 0), colour(name, label, 1))),
    readings),
  group("Type and shape", ...FONTS.map(([name, label, faces]) => line(h("label", { for: name }, label), face(name, faces))), ...SIZES.slice(0, 3).map(size)),
  group("Place", ...SIZES.slice(3).map(size)),
);

theme.onchange = show;
part("settings").onsubmit = (event) => event.preventDefault();
part("copy").onclick = async () => {
  const done = await navigator.clipboard.writeText(part("css").textContent).then(() => true, () => false);
  part("copied").textContent = done ? "Copied." : "Copying is not allowed here. Select the text instead.";
};
begin({});

function group(name, ...rows) {
  return h("fieldset", { class: "card" }, h("legend", {}, name), ...rows);
}

function line(...cells) {
  return h("div", { class: "line" }, ...cells);
}

function colour(name, label, dark) {
  const input = h("input", { type: "color", id: `${name}-${dark}`, "aria-label": `${label}, ${dark ? "dark" : "light"}` });
  input.oninput = () => set(name, Object.assign([...(chosen[name] ?? [])], { [dark]: input.value }));
  return input;
}

function face(name, faces) {
  const select = h("select", { id: name }, ...faces.map(([label, value]) => h("option", { value }, label)));
  select.onchange = () => set(name, select.value);
  return select;
}

function size([name, label, unit, min, max, step]) {
  const input = h("input", { type: "range", id: name, min, max, step });
  input.oninput = () => set(name, Number(input.value));
  return line(h("label", { for: name }, label), input, h("output", { for: name, id: `${name}-value` }));
}

function set(name, value) {
  chosen[name] = value;
  show();
}

/** Forgets what was chosen and takes these values. */
function begin(values) {
  chosen = structuredClone(values);
  show();
}

/** The value of a colour: as chosen; the launcher follows the accent. A colour that is chosen for light alone counts in dark, too. */
function valueOf(name, dark) {
  const [, , ...defaults] = COLOURS.find(([own]) => own === name);
  const own = chosen[name] ?? [];
  return own[dark] ?? own[0] ?? (name === "launcher" && chosen.accent ? valueOf("accent", dark) : defaults[dark]);
}

function show() {
  for (const [name] of COLOURS) for (const dark of [0, 1]) part(`${name}-${dark}`).value = valueOf(name, dark);
  for (const [name, , unit, , , , usual] of SIZES) {
    const value = chosen[name] ?? usual;
    part(name).value = value;
    part(`${name}-value`).textContent = `${value}${unit && ` ${unit}`}`;
    part(name).setAttribute("aria-valuetext", part(`${name}-value`).textContent);
  }
  for (const [name] of FONTS) part(name).value = chosen[name] ?? "";
  for (const each of document.querySelectorAll("unstuck-help")) each.setAttribute("theme", theme.value);
  const css = style(theme.value);
  sheet.replaceSync(css);
  part("css").textContent = css || "/* Nothing to say: this is how it comes. */";
  part("copied").textContent = "";
  read();
}

/** The style sheet for what was chosen. */
function style(theme) {
  const rest = [];
  for (const [name, , unit, , , , usual] of SIZES) if ((chosen[name] ?? usual) !== usual) rest.push([name, chosen[name] + unit]);
  for (const [name] of FONTS) if (chosen[name]) rest.push([name, chosen[name]]);
  const of = (dark) => COLOURS.filter(([name]) => chosen[name]?.[dark]).map(([name]) => [name, chosen[name][dark]]);
  const [light, dark] = [of(0), of(1)];
  const block = (rows, indent = "") => rows.length === 0 ? "" : `${indent}unstuck-help {\n${rows.map(([name, value]) => `${indent}  --unstuck-${name}: ${value};\n`).join("")}${indent}}\n`;
  if (theme === "light") return block([...light, ...rest]);
  if (theme === "dark") return block([...dark, ...rest]);
  const night = block(dark, "  ");
  return block([...light, ...rest]) + (night && `@media (prefers-color-scheme: dark) {\n${night}}\n`);
}

/** Says how well the colours can be told apart, for the themes that are in question. */
function read() {
  const themes = { auto: [0, 1], light: [0], dark: [1] }[theme.value];
  readings.replaceChildren(...PAIRS.flatMap(([front, ground, name]) => themes.map((dark) => {
    const ratio = contrast(valueOf(front, dark), valueOf(ground, dark));
    const enough = ratio >= 4.5;
    const words = `${name}, ${dark ? "dark" : "light"}: ${ratio.toFixed(1)} to 1`;
    return h("li", { "data-enough": String(enough) }, enough ? words : `${words}, too little: 4.5 are needed`);
  })));
}
