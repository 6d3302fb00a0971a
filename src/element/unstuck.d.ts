// The types of <unstuck-help>: its methods, what they take, and the events it raises.

export type Locale = string;
export type Outcome = "passed" | "failed" | "could_not_run";
export type Recipient = "support" | "admin" | "engineering" | "cic-contact" | "platform-owner" | "staff";
export type TriedOutcome =
  | "still_stuck" | "fixed" | "skipped" | "passed" | "failed" | "could_not_run" | "waited" | "chose" | "asked";

/** A way to reach support. With the id of one of the knowledge base's it changes what it names, else it is added. */
export interface Channel {
  id: string;
  /** `email`, where the knowledge base does not say either. */
  kind?: "email" | "chat" | "phone" | "link" | "team";
  /** On screen; the id, where nothing names it. */
  name?: string;
  /** E-mail address, telephone number, URL, or `link:NAME` for a deep link of the knowledge base. */
  address?: string;
  /** Usual time to an answer, in words; `response_minutes` orders the channels. */
  response?: string;
  response_minutes?: number;
  /** One line on when to use it. */
  why?: string;
  /** A further remark. */
  note?: string;
  /** Plans that have it; none for every plan. */
  plans?: readonly string[];
  /** Ids of the priorities that it is for; none for every one. */
  priorities?: readonly string[];
  /** Ids of the topics that it is for; none for every one. */
  topics?: readonly string[];
}

/** Someone in the customer's house whom articles send people to, such as the admin. */
export interface Person {
  name?: string;
  /** What this person is to the reader; without it what the id says, else support. */
  to?: Recipient;
  /** Makes a way to reach this person. */
  email?: string;
}

/** What the host page supplies; it overrides the knowledge base's own settings. */
export interface Configuration {
  linkBase?: string;
  links?: Record<string, string>;
  channels?: readonly Channel[];
  /** By ids, such as `admin`. */
  people?: Record<string, Person>;
  /** Addresses that probes ask. Those of other servers run by themselves only when they stand here. */
  probes?: Record<string, { url: string }>;
  /** Service of the knowledge base to name or id in the status feed. */
  services?: Record<string, string>;
  headers?: Record<string, string>;
}

/** What is true of this person and page. Keys besides these are the host's own. */
export interface Context {
  role?: string;
  plan?: string;
  user?: string | { id?: string; name?: string; email?: string; [key: string]: unknown };
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
  /** As `configure` takes it; JSON in HTML, an object where a framework sets properties. */
  config?: string | Configuration;
}

/** Attributes and listeners by the names that JSX has for them, such as `onunstuck-open`. */
export type UnstuckHelpProps = UnstuckHelpAttributes & {
  [Name in keyof UnstuckEvents as `on${Name}`]?: (event: UnstuckEvents[Name]) => unknown;
};

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
