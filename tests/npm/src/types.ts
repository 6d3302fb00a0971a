// Only the TypeScript compiler reads this: the types of the package are found, and the element's.

import "unstuck-help";
import type { UnstuckHelpElement, UnstuckHelpProps } from "unstuck-help";
import type { Report } from "unstuck-help/types";

const help: UnstuckHelpElement = document.createElement("unstuck-help");
const props: UnstuckHelpProps = { kb: "/kb/oxvo.en.kb", config: { linkBase: "/app" }, "onunstuck-article": ({ detail }) => detail.id };
help.addEventListener("unstuck-escalate", ({ detail }) => void detail.report.note);
// @ts-expect-error: not what a listener gets
const wrong: UnstuckHelpProps = { "onunstuck-article": (event: UnstuckHelpElement) => event };

export type { Report };
export { help, props, wrong };
