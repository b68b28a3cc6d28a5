/**
 * The folders of the product, and which may import which, types included. A folder stands for all below it that has no row of its own.
 * The lint rule (eslint.config.mjs) and the map in CONTRIBUTING.md are held to it by test/tools/layout.test.ts.
 */
const layers = {
  "definition/json": [],
  definition: ["definition/evaluate", "definition/json"],
  "definition/evaluate": ["definition"],
  model: ["definition"],
  sdk: ["definition", "model"],
  "provider/state": ["provider/*"],
  "provider/limits": ["model", "provider/*", "provider/state"],
  "provider/http": ["definition", "model", "provider/*", "provider/limits", "provider/state"],
  "provider/data-view": ["definition", "model", "provider/*", "provider/http"],
  "provider/segment": ["definition", "model", "provider/*", "provider/data-view", "provider/http", "provider/state"],
  "provider/segment-job": ["definition", "model", "provider/*", "provider/audience", "provider/http", "provider/state"],
  "provider/audience": ["definition", "model", "provider/*", "provider/http", "provider/state"],
  "provider/size": ["definition", "provider/*", "provider/audience", "provider/http", "provider/state"],
  "provider/dynamic": ["definition", "model", "provider/*"],
  "provider/native": ["definition", "model", "provider/*", "provider/http", "provider/state"],
  provider: ["definition", "model", "provider"],
  "cli/post": ["cli/*", "cli/review", "provider/http"],
  cli: ["cli", "definition", "emulator", "model", "provider"],
  emulator: ["definition/evaluate", "definition/json"],
  "tools/bench": ["definition", "emulator", "model", "provider", "test"],
};

/** The one door from a program to the clients: it loads them when the first lookup is asked. */
const exceptions = { "sdk/lookup/program-runtime.ts": ["provider/*"] };

const rows = Object.keys(layers).sort((a, b) => b.length - a.length);

/** The row that a file belongs to. `a/*` in a row stands for the files of the folder a itself, without those below it. */
const rowOf = (file) => rows.find((folder) => file.startsWith(`${folder}/`));

/** Whether a file may import another; both from the top of the checkout, without what is behind the last dot. */
function mayImport(from, to) {
  const row = rowOf(from);
  if (row === undefined) return true;
  const allowed = [...layers[row], ...(exceptions[`${from}.ts`] ?? [])];
  const folder = to.slice(0, to.lastIndexOf("/"));
  return (
    rowOf(to) === row ||
    allowed.some((one) => (one.endsWith("/*") ? folder === one.slice(0, -2) : to.startsWith(`${one}/`)))
  );
}

module.exports = { layers, mayImport, rowOf };
