// Puts the peers and the measuring code into one module for the browser.
// `node bundle.mjs ENTRY OUT`: called by `cargo xtask bench search`.

import { buildSync } from "esbuild";

const [entry, out] = process.argv.slice(2);
buildSync({
  entryPoints: [entry],
  outfile: out,
  bundle: true,
  minify: true,
  format: "esm",
  platform: "browser",
  target: "chrome114",
  // Lies beside the bundle: it is made by the compiler.
  external: ["./engine.js"],
  // elasticlunr sets a global variable that it never declares, which a module may not.
  banner: { js: "globalThis.lunr = undefined;" },
});
