// Measures every engine on every corpus in this one page, and sends what it saw to the server that
// it came from. How engines are set up stands in `peers.mjs`; what the figures mean, in
// docs/bench-search.md; percentiles and tables are made by `cargo xtask bench search`.

import { peers } from "./peers.mjs";
import openEngine, { Engine } from "./engine.js";

const get = async (path) => {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer;
};
const json = async (path) => (await get(path)).json();
const send = (path, body) => fetch(path, { method: "POST", body });
const say = (text) => send("/say", text);

/** Ours, in the shape of the peers; `pack` stands in for the index that they save. */
const unstuck = {
  name: "Unstuck",
  load: (pack) => new Engine(pack),
  close: (engine) => engine.free(),
  search: (engine, query) => engine.search(query),
  // The list holds the confidence, then id and score of each hit.
  read: (found, articles) => {
    const ids = [];
    for (let at = 1; at < found.length; at += 2) ids.push(articles.numbers.get(found[at]));
    return { ids, score: found[0] ?? 0 };
  },
};

/** Pagefind lies on the server as many files and fetches what a query needs. */
const pagefind = {
  name: "Pagefind",
  remote: true,
  async load(corpus, time) {
    // Each address is a module of its own, so that nothing is left from the time before.
    const engine = await import(`/pagefind/${corpus}/pagefind.js?${time}`);
    await engine.init();
    return engine;
  },
  close: (engine) => engine.destroy(),
  // A result's text would be fetched by `data()`; that is not counted.
  search: (engine, query) => engine.search(query),
  async read(found) {
    const first = await Promise.all(found.results.slice(0, 10).map((hit) => hit.data()));
    const ids = first.map((data) => Number(data.url.replace(/\D/g, "")));
    return { ids, score: found.results[0]?.score ?? 0 };
  },
};

/** Milliseconds that `work` took, a promise awaited only where there is one. */
const timed = async (work) => {
  const begun = performance.now();
  let value = work();
  if (typeof value?.then === "function") value = await value;
  return [performance.now() - begun, value];
};

/** Every text that a person sees while typing a query, letter by letter. */
const keystrokes = (query) => {
  const letters = [...query];
  return letters.map((_, at) => letters.slice(0, at + 1).join(""));
};

/** Some queries of each answerable kind, in turn, as the corpus lists them. */
const typedQueries = (queries, each) => {
  const kinds = Map.groupBy(queries.filter((query) => query.right.length), (query) => query.kind);
  return [...kinds.values()].flatMap((list) => list.slice(0, each));
};

async function measure(engine, corpus, plan) {
  const { articles, queries } = corpus;
  const out = { engine: engine.name };
  // The bars compare with these two, so they get more time.
  const bar = engine.own || engine.name.startsWith("MiniSearch");
  let saved = corpus.pack;
  if (engine.build) {
    const [build, built] = await timed(() => engine.build(articles));
    saved = engine.save(built);
    out.build = build;
    out.index = saved.length;
    await send(`/index/${corpus.name}/${plan.numbers.get(engine.name)}`, saved);
  }
  // From bytes in memory to the first answer; one unmeasured time first, so that no engine pays
  // for the browser's own compiler.
  const first = queries[0].text;
  const load = async (time) => {
    const index = await engine.load(engine.remote ? corpus.name : saved, engine.remote ? time : articles);
    const found = engine.search(index, first);
    if (typeof found?.then === "function") await found;
    return index;
  };
  let index = await load(0);
  out.load = [];
  const loadUntil = performance.now() + plan.loadBudget;
  for (let time = 1; time <= plan.loads && (time < 4 || performance.now() < loadUntil); time++) {
    if (engine.close) await engine.close(index);
    let spent;
    [spent, index] = await timed(() => load(time));
    out.load.push(spent);
  }

  // Hits. Engines that take a second a query are asked fewer of them, of every kind alike.
  out.outcomes = [];
  const [once] = await timed(() => engine.search(index, queries[1].text));
  const [again] = await timed(() => engine.search(index, queries.at(-1).text));
  const asked = bar ? Infinity : plan.hitBudget;
  out.everyNth = Math.max(1, Math.ceil((((once + again) / 2) * queries.length) / asked));
  for (let at = 0; at < queries.length; at += out.everyNth) {
    const { text, kind, right } = queries[at];
    const [, found] = await timed(() => engine.search(index, text));
    const { ids, score } = await engine.read(found, articles);
    const place = ids.findIndex((n) => right.includes(articles[n]?.id));
    out.outcomes.push([kind, right.length > 0, place < 0 ? null : place + 1, ids.length, score]);
  }

  // Keystrokes, all of them once, then all of them again, until each was typed often enough.
  out.keystrokes = [];
  const texts = corpus.typed.flatMap((query) => keystrokes(query.text));
  out.texts = texts.length;
  out.times = 0;
  const patience = performance.now() + (engine.own ? Infinity : bar ? plan.barBudget : plan.typeBudget);
  for (; out.times < plan.times && (out.times === 0 || performance.now() < patience); out.times++) {
    for (const [at, text] of texts.entries()) {
      const [spent] = await timed(() => engine.search(index, text));
      out.keystrokes.push(Math.round(spent * 1000));
      // One round is owed, but not by an engine that would take minutes for it.
      if (out.times === 0 && at >= 20 && performance.now() > patience) {
        out.texts = at + 1;
        return finish(engine, index, { ...out, times: 1 });
      }
    }
  }
  return finish(engine, index, out);
}

async function finish(engine, index, out) {
  if (engine.close) await engine.close(index);
  return out;
}

async function run() {
  if (!crossOriginIsolated) throw new Error("the page is not isolated, so its clock is coarse");
  const plan = await json("/plan.json");
  await openEngine({ module_or_path: "engine.wasm" });
  const engines = [{ ...unstuck, own: true }, ...peers, pagefind];
  plan.numbers = new Map(engines.map((engine, n) => [engine.name, n]));
  const results = [];
  for (const { name, each } of plan.corpora) {
    const folder = `/corpora/${name}`;
    const articles = await json(`${folder}/articles.json`);
    articles.numbers = new Map(articles.map((article, n) => [article.id, n]));
    const queries = await json(`${folder}/queries.json`);
    const pack = new Uint8Array(await (await get(`${folder}/pack.kb`)).arrayBuffer());
    const corpus = { name, articles, queries, pack, typed: typedQueries(queries, each) };
    for (const engine of engines) {
      const slow = articles.length > 2000 && /^Fuse/.test(engine.name);
      if (slow || (plan.only && engine.name !== "Unstuck" && !plan.only.some((part) => engine.name.includes(part)))) continue;
      await say(`${name}: ${engine.name}`);
      try {
        results.push({ corpus: name, ...(await measure(engine, corpus, plan)) });
      } catch (error) {
        throw new Error(`${engine.name} on ${name}: ${error.stack}`);
      }
    }
  }
  await send("/done", JSON.stringify({ agent: navigator.userAgent, engines: engines.map((e) => e.name), results }));
}

run().catch((error) => send("/failed", String(error.stack ?? error)));
