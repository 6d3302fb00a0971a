// The types of <unstuck-help>: its methods, what they take, and the events it raises.

export type Locale = string;
export type Outcome = "passed" | "failed" | "could_not_run";
export type Recipient = "support" | "admin" | "engineering" | "cic-contact" | "platform-owner" | "staff";
export type TriedOutcome =
  | "still_stuck" | "fixed" | "skipped" | "passed" | "failed" | "could_not_run" | "waited" | "chose" | "asked";

export interface Channel {
  [key: string]: unknown;
}

export interface Person {
  name?: string;
  email?: string;
  [key: string]: unknown;
}

/** What the host page supplies; it overrides the knowledge base's own settings. */
export interface Configuration {
  linkBase?: string;
  links?: Record<string, string>;
  channels?: Channel[];
  people?: Record<string, Person>;
  probes?: Record<string, { url: string }>;
  /** Service of the knowledge base to name or id in the status feed. */
  services?: Record<string, string>;
  headers?: Record<string, string>;
}

/** What is true of this person and page. Keys besides these are the host's own. */
export interface Context {
  role?: string;
  plan?: string;
  user?: string | { name?: string; email?: string; [key: string]: unknown };
  route?: string;
  workspace?: string;
  [key: string]: unknown;
}

export interface SearchAnswer {
  count: number;
  confident: boolean;
  /** The first article's id; null when nothing was found. */
  top: string | null;
}

export interface ProbeAnswer {
  outcome: Outcome;
  detail?: string;
}

export type Probe = (call: { params: Record<string, string>; signal: AbortSignal }) => Promise<ProbeAnswer>;

export interface Tried {
  check: string;
  label: string;
  outcome: TriedOutcome;
  choice?: string;
  /** RFC 3339. */
  at: string;
  detail?: string;
}

/** What is sent to support. A line that the person removed is absent. */
export interface Report {
  v: 1;
  id: string;
  product: string;
  kb_version: string;
  created_at: string;
  locale?: Locale;
  article?: string;
  title?: string;
  note?: string;
  from?: { name?: string; email?: string };
  channel?: string;
  to?: Recipient;
  priority?: string;
  details?: Record<string, string>;
  attachments?: { name: string; type: string; data: string }[];
  tried?: Tried[];
  searches?: string[];
  status?: { service: string; state: string }[];
  context?: Record<string, unknown>;
  environment?: {
    url?: string;
    browser?: string;
    os?: string;
    viewport?: string;
    language?: string;
    time_zone?: string;
    online?: boolean;
  };
}

export interface UnstuckEvents {
  "unstuck-ready": CustomEvent<null>;
  "unstuck-open": CustomEvent<unknown>;
  "unstuck-close": CustomEvent<unknown>;
  "unstuck-search": CustomEvent<SearchAnswer & { query: string; chosen: string | null; locale: Locale }>;
  "unstuck-article": CustomEvent<{ id: string }>;
  "unstuck-check": CustomEvent<{ article: string; check: string; label: string; outcome: TriedOutcome }>;
  "unstuck-resolved": CustomEvent<{ article: string }>;
  /** Cancel it to route in the page; otherwise a normal navigation follows. */
  "unstuck-navigate": CustomEvent<{ href: string; anchor?: string; label: string }>;
  /** Cancel it to send the report yourself, and say by `respondWith` how that went. */
  "unstuck-escalate": CustomEvent<{ report: Report; channel: string; respondWith(sent: Promise<unknown>): void }>;
  "unstuck-status": CustomEvent<{ state: string; services: Record<string, string> }>;
  "unstuck-feedback": CustomEvent<{ article: string; helpful: boolean }>;
  "unstuck-error": CustomEvent<{ code: string; message: string }>;
}

/** The attributes, by their names in HTML; for the element's type in frameworks with typed templates. */
export interface UnstuckHelpAttributes {
  kb?: string;
  "kb-locales"?: string;
  mode?: "launcher" | "inline" | "panel";
  open?: boolean | "";
  article?: string;
  locale?: Locale;
  theme?: "auto" | "light" | "dark";
  status?: string;
  "status-format"?: string;
  "contact-endpoint"?: string;
  "contact-format"?: "unstuck" | "zendesk";
  "contact-credentials"?: "same-origin" | "omit" | "include";
  plan?: string;
  route?: string;
  preload?: "intent" | "idle";
  "heading-level"?: number | string;
  /** Keys with a modifier, such as `Control+k`. */
  hotkey?: string;
  integrity?: "strict";
  /** JSON, as `configure` takes it. */
  config?: string;
}

export interface UnstuckHelpElement extends HTMLElement {
  /** Settles once the widget has loaded. */
  readonly ready: Promise<unknown>;
  open(): Promise<void>;
  close(): Promise<void>;
  toggle(): Promise<void>;
  /** Opens the panel with this text in its search field. Nothing, where the widget cannot run. */
  search(text: string): Promise<SearchAnswer | undefined>;
  show(articleId: string): Promise<void>;
  /** Suggests articles by their ids, or what a search for a text finds; replaces earlier suggestions. */
  suggest(textOrIds: string | readonly string[]): Promise<void>;
  /** Opens the handover. */
  contact(prefill?: { note?: string }): Promise<void>;
  configure(configuration: Configuration): Promise<void>;
  /** Merges key by key. */
  setContext(context: Context): Promise<void>;
  setStatus(feed: object): Promise<void>;
  /** A probe under a built-in name replaces it. */
  registerProbe(name: string, probe: Probe): Promise<void>;
  /** Forgets all that is kept for this person; also the call for logging out. */
  reset(): Promise<void>;

  addEventListener<K extends keyof UnstuckEvents>(
    type: K,
    listener: (this: UnstuckHelpElement, event: UnstuckEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

type Methods = Pick<
  UnstuckHelpElement,
  | "open" | "close" | "toggle" | "search" | "show" | "suggest" | "contact"
  | "configure" | "setContext" | "setStatus" | "registerProbe" | "reset"
>;

/** A call made before the widget is there, such as `["open"]` or `["search", "login"]`. */
export type QueuedCall = {
  [Name in keyof Methods]: [method: Name, ...args: Parameters<Methods[Name]>];
}[keyof Methods];

declare global {
  interface HTMLElementTagNameMap {
    "unstuck-help": UnstuckHelpElement;
  }
  interface Window {
    /** Calls for the first widget of the page; a plain array until the loader has run. */
    unstuck?: { push(call: QueuedCall): unknown };
  }
}
