// Stands between WebKit and the demo's server, because WebDriver shows no traffic: tells of
// requests, lets a test answer them itself, and puts the test's scripts into each page. Every test
// has an address of its own, 127.0.x.y, so that nothing that a page keeps reaches the next one.

import { createServer, request as ask } from "node:http";

/** The policy in a page's head. */
export const POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/i;
const SCRIPT = "/__journey.js";

/** A request, as a test sees it. */
class Request {
  constructor(incoming, body) {
    this.#incoming = incoming;
    this.body = body;
  }
  #incoming;
  url() {
    return `http://${this.#incoming.headers.host}${this.#incoming.url}`;
  }
  method() {
    return this.#incoming.method;
  }
  headers() {
    return this.#incoming.headers;
  }
  postData() {
    return this.body.length > 0 ? this.body.toString("utf8") : null;
  }
  postDataJSON() {
    return JSON.parse(this.postData());
  }
}

/** What the server answered to `route.fetch()`. */
class Answer {
  constructor(status, headers, bytes) {
    this.bytes = bytes;
    this.status = () => status;
    this.headers = () => headers;
    this.body = async () => bytes;
    this.text = async () => bytes.toString("utf8");
    this.json = async () => JSON.parse(bytes.toString("utf8"));
  }
}

/** Playwright's patterns: `**` is anything, `*` anything but a slash. */
export function pattern(glob) {
  if (glob instanceof RegExp) return (url) => glob.test(url);
  if (typeof glob === "function") return (url) => glob(new URL(url));
  const parts = glob.split(/(\*\*|\*)/).map((part) => (part === "**" ? ".*" : part === "*" ? "[^/]*" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")));
  const whole = new RegExp(`^${parts.join("")}$`);
  return (url) => whole.test(url);
}

/** What one page asked for and how it is answered. */
export class Traffic {
  routes = [];
  listeners = new Set();
  scripts = [];
  faults = [];
  bypassCSP = false;
  open = 0;
  quietSince = Date.now();
}

export class Proxy {
  #server;
  #target;
  #pages = new Map();
  #count = 0;

  /** Listens in front of `target`, an origin. */
  static async start(target) {
    const proxy = new Proxy();
    proxy.#target = new URL(target);
    proxy.#server = createServer((incoming, outgoing) => {
      proxy.#serve(incoming, outgoing).catch(() => outgoing.destroy());
    });
    await new Promise((resolve) => proxy.#server.listen(0, "0.0.0.0", resolve));
    proxy.#server.unref();
    return proxy;
  }

  get port() {
    return this.#server.address().port;
  }

  /** Where tests believe that the demo is. */
  get origin() {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A fresh address, and what is asked from it. */
  add() {
    this.#count += 1;
    const host = `127.0.${1 + (this.#count >> 7)}.${1 + (this.#count & 127)}:${this.port}`;
    const traffic = new Traffic();
    this.#pages.set(host, traffic);
    return { origin: `http://${host}`, traffic };
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #serve(incoming, outgoing) {
    const traffic = this.#pages.get(incoming.headers.host) ?? new Traffic();
    const chunks = [];
    for await (const chunk of incoming) chunks.push(chunk);
    if (incoming.url === SCRIPT) {
      outgoing.writeHead(200, { "Content-Type": "text/javascript", "Cache-Control": "no-store" });
      outgoing.end(traffic.scripts.map((script) => `(() => {${script}\n})();`).join("\n"));
      return;
    }
    traffic.open += 1;
    outgoing.once("close", () => {
      traffic.open -= 1;
      traffic.quietSince = Date.now();
    });
    const request = new Request(incoming, Buffer.concat(chunks));
    // The window's icon is no business of the page.
    if (incoming.url === "/favicon.ico") {
      outgoing.writeHead(204).end();
      return;
    }
    for (const listener of traffic.listeners) listener(request);
    const route = traffic.routes.findLast(({ matches }) => matches(request.url()));
    if (!route) {
      this.#answer(traffic, request, outgoing, await this.#fetch(request));
      return;
    }
    await route.handler({
      request: () => request,
      abort: async () => {
        traffic.faults.push(`console: ${request.url()} could not be loaded`);
        outgoing.destroy();
      },
      continue: async () => this.#answer(traffic, request, outgoing, await this.#fetch(request)),
      fallback: async () => this.#answer(traffic, request, outgoing, await this.#fetch(request)),
      fetch: () => this.#fetch(request),
      fulfill: async ({ response, status, headers, contentType, body = response?.bytes ?? "" }) => {
        const all = { ...response?.headers(), ...headers };
        if (contentType) all["content-type"] = contentType;
        all["cache-control"] = "no-store";
        this.#answer(traffic, request, outgoing, new Answer(status ?? response?.status() ?? 200, all, Buffer.from(body)));
      },
    });
  }

  #fetch(request) {
    return new Promise((resolve, reject) => {
      const { host, ...headers } = request.headers();
      // What is changed on the way must not be packed.
      const plain = { ...headers, host: this.#target.host, "accept-encoding": "identity" };
      const url = new URL(request.url());
      const upstream = ask({ host: this.#target.hostname, port: this.#target.port, path: url.pathname + url.search, method: request.method(), headers: plain, agent: false }, (answer) => {
        const chunks = [];
        answer.on("data", (chunk) => chunks.push(chunk));
        answer.on("end", () => resolve(new Answer(answer.statusCode, answer.headers, Buffer.concat(chunks))));
        answer.on("error", reject);
      });
      upstream.on("error", reject);
      upstream.end(request.body);
    });
  }

  #answer(traffic, request, outgoing, answer) {
    const { "content-length": length, "transfer-encoding": coding, connection, ...headers } = answer.headers();
    let body = answer.bytes;
    const page = (request.headers().accept ?? "").includes("text/html") && /^text\/html/.test(headers["content-type"] ?? "");
    if (page) {
      // The first thing on the page, before any policy of its own.
      const text = traffic.bypassCSP ? body.toString("utf8").replace(POLICY, "") : body.toString("utf8");
      body = Buffer.from(text.replace(/^\s*<!doctype[^>]*>|^/i, (doctype) => `${doctype}<script src="${SCRIPT}"></script>`));
      headers["cache-control"] = "no-store";
      delete headers.etag;
      if (traffic.bypassCSP) delete headers["content-security-policy"];
    }
    if (answer.status() >= 400) traffic.faults.push(`console: ${answer.status()} from ${request.url()}`);
    outgoing.writeHead(answer.status(), headers);
    outgoing.end(body);
  }
}
