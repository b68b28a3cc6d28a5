/** Turns the TypeScript of tests and sources, and packages of ES modules, into what jest runs. Types are checked by `npm run typecheck`, tests included. */
const { transformSync } = require("esbuild");

module.exports = {
  process(source, path) {
    const { code } = transformSync(source, {
      loader: path.endsWith(".ts") ? "ts" : "js",
      format: "cjs",
      target: "node20",
      sourcefile: path,
      sourcemap: "inline",
      // jest has no import() for what it runs, and a require() of its own.
      supported: { "dynamic-import": false },
    });
    return { code };
  },
};
