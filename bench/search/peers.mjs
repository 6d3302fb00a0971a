// The peers of the benchmark, each set up as its own documentation advises, behind one shape:
//
//   build(articles)      an index of the articles, maybe as a promise
//   save(index)          the index as bytes, in the engine's own serialised form
//   load(bytes, articles) the index again; what a page does when it starts
//   search(index, text)  the call that is timed, with whatever the engine returns
//   read(found)          articles' numbers, best first, and the engine's score of the first; not timed
//
// An article is { id, title, phrasings, keywords, headings, body }, all plain text. Every engine
// gets all five fields, and the article's number as its id, which is the smallest id there is.
// Titles weigh twice where an engine has weights: that is the value in the documentation of
// MiniSearch, and the others' own examples lie near it. Where a documentation leaves a choice, the
// one with the better hits on the project's own queries was taken.

import { create, insertMultiple, load as restore, save as persist, search as orama } from "@orama/orama";
import elasticlunr from "elasticlunr";
import { Charset, Document, Encoder } from "flexsearch";
import * as english from "flexsearch/lang/en";
import Fuse from "fuse.js";
import lunr from "lunr";
import MiniSearch from "minisearch";
import { stemmer } from "stemmer";
import { eng } from "stopword";
import bm25 from "wink-bm25-text-search";

const FIELDS = ["title", "phrasings", "keywords", "headings", "body"];
const TITLE = 2;
const STOP = new Set(eng);

const bytes = (value) => new TextEncoder().encode(JSON.stringify(value));
const text = (bytes) => new TextDecoder().decode(bytes);
const numbered = (articles) => articles.map((article, n) => ({ ...article, id: n }));
const scored = (hits, id, score) => ({
  ids: hits.slice(0, 10).map(id),
  score: hits.length ? score(hits[0]) : 0,
});

/** MiniSearch with and without a stemmer: the same but for `processTerm`. */
const mini = (processTerm) => {
  const options = {
    fields: FIELDS,
    // "boost: { title: 2 }, fuzzy: 0.2" and "prefix: true" are the values of its README; terms
    // are combined with OR, its default.
    searchOptions: { boost: { title: TITLE }, fuzzy: 0.2, prefix: true },
    ...(processTerm && { processTerm }),
  };
  return {
    build: (articles) => {
      const index = new MiniSearch(options);
      index.addAll(numbered(articles));
      return index;
    },
    save: bytes,
    load: (saved) => MiniSearch.loadJSON(text(saved), options),
    search: (index, query) => index.search(query),
    read: (found) => scored(found, (hit) => hit.id, (hit) => hit.score),
  };
};

const minisearch = { name: "MiniSearch", ...mini() };

const minisearchStemmed = {
  name: "MiniSearch, stemmer and stop words",
  // As its documentation shows: a term is dropped by null, else lower-cased and stemmed. Porter's
  // stemmer and the list of stop words are the packages `stemmer` and `stopword`.
  ...mini((term) => {
    const word = term.toLowerCase();
    return STOP.has(word) ? null : stemmer(word);
  }),
};

const lunrPeer = {
  name: "lunr",
  build: (articles) =>
    lunr(function () {
      this.ref("id");
      for (const field of FIELDS) this.field(field, { boost: field === "title" ? TITLE : 1 });
      for (const article of numbered(articles)) this.add(article);
    }),
  save: bytes,
  load: (saved) => lunr.Index.load(JSON.parse(text(saved))),
  // Words as they are, as beginnings, and with one wrong letter, each weighing ten times less
  // than the one before: the way its guides describe search while typing. `query` takes any text,
  // whereas `search` throws at signs of its query language.
  search: (index, query) =>
    index.query((q) => {
      for (const token of lunr.tokenizer(query)) {
        const term = token.toString();
        q.term(term, { boost: 100 });
        q.term(term, { boost: 10, usePipeline: false, wildcard: lunr.Query.wildcard.TRAILING });
        if (term.length > 3) q.term(term, { boost: 1, usePipeline: false, editDistance: 1 });
      }
    }),
  read: (found) => scored(found, (hit) => Number(hit.ref), (hit) => hit.score),
};

const elasticlunrPeer = {
  name: "elasticlunr",
  build: (articles) => {
    const index = elasticlunr();
    index.setRef("id");
    for (const field of FIELDS) index.addField(field);
    // The documents are kept by the page anyway; without this the index would hold them twice.
    index.saveDocument(false);
    for (const article of numbered(articles)) index.addDoc(article);
    return index;
  },
  save: bytes,
  load: (saved) => elasticlunr.Index.load(JSON.parse(text(saved))),
  // `expand` looks for beginnings of words, which its documentation advises for recall.
  search: (index, query) => {
    const fields = Object.fromEntries(FIELDS.map((name) => [name, { boost: name === "title" ? TITLE : 1 }]));
    return index.search(query, { fields, bool: "OR", expand: true });
  },
  read: (found) => scored(found, (hit) => Number(hit.ref), (hit) => hit.score),
};

const oramaPeer = {
  name: "Orama",
  // Its tokenizer with stemming and stop words, as its documentation advises for prose.
  create: () =>
    create({
      schema: Object.fromEntries(FIELDS.map((name) => [name, "string"])),
      components: { tokenizer: { stemming: true, stopWords: eng, language: "english" } },
    }),
  build(articles) {
    const index = this.create();
    const documents = articles.map((article, n) => ({ ...article, id: String(n) }));
    insertMultiple(index, documents, 500, undefined, undefined, 0);
    return index;
  },
  save: (index) => bytes(persist(index)),
  load(saved) {
    const index = this.create();
    restore(index, JSON.parse(text(saved)));
    return index;
  },
  // One wrong letter, the value of its documentation. `threshold` 1 (any word suffices) is its default.
  search: (index, query) => orama(index, { term: query, tolerance: 1, boost: { title: TITLE }, limit: 10 }),
  read: (found) => scored(found.hits, (hit) => Number(hit.id), (hit) => hit.score),
};

/** Fuse.js, for whole texts or word by word. */
const fuse = (more) => {
  const keys = FIELDS.map((name) => ({ name, weight: name === "title" ? TITLE : 1 }));
  // Its documentation: a match may lie anywhere in a text only with `ignoreLocation`.
  const options = { keys, includeScore: true, ignoreLocation: true, ...more };
  return {
    build: (articles) => ({ articles, index: Fuse.createIndex(keys, articles) }),
    save: ({ index }) => bytes(index.toJSON()),
    load: (saved, articles) => new Fuse(articles, options, Fuse.parseIndex(JSON.parse(text(saved)))),
    search: (index, query) => index.search(query, { limit: 10 }),
    // 0 is its best score and 1 the worst.
    read: (found) => scored(found, (hit) => hit.refIndex, (hit) => 1 - hit.score),
  };
};

const flexsearch = {
  name: "FlexSearch",
  // Its README names three things that improve results: a tokenizer (here: beginnings of words), an
  // encoder (here: its English pack, with stemmer and stop words; the phonetic ones gave fewer
  // hits) and `suggest`, which allows hits that lack some of the words.
  create: () =>
    new Document({
      document: { id: "id", index: FIELDS },
      tokenize: "forward",
      encoder: new Encoder(Charset.Default, english.default ?? english),
    }),
  build(articles) {
    const index = this.create();
    for (const article of numbered(articles)) index.add(article);
    return index;
  },
  save: (index) => {
    const parts = [];
    index.export((key, data) => void (data !== undefined && parts.push([key, data])));
    return bytes(parts);
  },
  load(saved) {
    const index = this.create();
    for (const [key, data] of JSON.parse(text(saved))) index.import(key, data);
    return index;
  },
  search: (index, query) => index.search(query, { suggest: true, merge: true, limit: 10 }),
  // It has no score.
  read: (found) => ({ ids: found.slice(0, 10).map((hit) => Number(hit.id)), score: null }),
};

const plainBm25 = {
  name: "BM25 with a stemmer",
  create: (consolidated) => {
    const engine = bm25();
    const weights = Object.fromEntries(FIELDS.map((name) => [name, name === "title" ? TITLE : 1]));
    // Defaults of the formula: k1 1.2, b 0.75.
    if (!consolidated) engine.defineConfig({ fldWeights: weights });
    engine.definePrepTasks([
      (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [],
      (words) => words.filter((word) => !STOP.has(word)).map((word) => stemmer(word)),
    ]);
    return engine;
  },
  build(articles) {
    const engine = this.create(false);
    articles.forEach(({ id, ...fields }, n) => engine.addDoc(fields, n));
    engine.consolidate();
    return engine;
  },
  save: (engine) => new TextEncoder().encode(engine.exportJSON()),
  load(saved) {
    const engine = bm25();
    engine.importJSON(text(saved));
    engine.definePrepTasks([
      (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [],
      (words) => words.filter((word) => !STOP.has(word)).map((word) => stemmer(word)),
    ]);
    return engine;
  },
  search: (engine, query) => engine.search(query),
  read: (found) => scored(found, (hit) => Number(hit[0]), (hit) => hit[1]),
};

export const peers = [
  minisearch,
  minisearchStemmed,
  lunrPeer,
  elasticlunrPeer,
  oramaPeer,
  { name: "Fuse.js", ...fuse({}) },
  { name: "Fuse.js, token search", ...fuse({ useTokenSearch: true }) },
  flexsearch,
  plainBm25,
];
