// What `integrity="strict"` adds: every file of the program is compared with the hash that it had
// when it was built, before any of it runs. The loader has this file's own hash and lets the browser
// check it; a page that says nothing of integrity never loads it. What is checked is used: nothing
// here is fetched twice.

const GLUE = "__UNSTUCK_GLUE__";
// `integrity` values: `glue`, `wasm`, `depth`, and in `texts` one a language.
const SUMS = __UNSTUCK_SUMS__;

const check = async (bytes, sums) => {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-384", bytes));
  if (!sums.includes("sha384-" + btoa(String.fromCharCode(...digest)))) throw new Error("a file is not as it was built");
  return bytes;
};

// As the loader does with this file.
const glue = () => new Promise((onload, fail) => {
  const node = document.createElement(navigator.vendor[0] === "A" ? "script" : "link");
  const url = new URL(GLUE, import.meta.url).href;
  const set = { rel: "modulepreload", type: "module", integrity: SUMS.glue, href: url, src: url };
  for (const name in set) node.setAttribute(name, set[name]);
  Object.assign(node, { onload, onerror: () => fail(new Error("a script is not as it was built")) });
  document.head.append(node);
}).then(() => import(GLUE));

/** As the glue's own `ready`, for what has been checked. */
export const ready = async (wasm, pack, texts, host) => {
  // Whether the knowledge base is there is the glue's matter.
  pack.catch(() => {});
  const program = wasm.then(async (answer) => {
    if (!answer.ok) throw new Error(answer.url + " answered " + answer.status);
    return check(await answer.arrayBuffer(), [SUMS.wasm]);
  });
  const words = Promise.resolve(texts).then(async (text) => {
    if (text) await check(new TextEncoder().encode(text), SUMS.texts);
    return text;
  });
  const [module, bytes] = await Promise.all([glue(), program, words]);
  host.pin = SUMS.depth;
  return module.ready(new Response(bytes, { headers: { "content-type": "application/wasm" } }), pack, words, host);
};
