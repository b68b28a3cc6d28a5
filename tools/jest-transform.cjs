/** Turns the TypeScript of tests and sources into JavaScript for jest. Types are checked by `npm run typecheck`, tests included. */
const { transformSync } = require("esbuild");

module.exports = {
  process(source, path) {
    const { code } = transformSync(source, {
      loader: "ts",
      format: "cjs",
      target: "node20",
      sourcefile: path,
      sourcemap: "inline",
    });
    return { code };
  },
};
