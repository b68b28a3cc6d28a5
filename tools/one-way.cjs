const { relative, resolve, dirname, sep } = require("node:path");
const { mayImport, rowOf, layers } = require("./layers.cjs");

/** A rule of ESLint: imports go one way, as layers.cjs has it; those of types, too, and those in the middle of a file. */
module.exports = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const root = resolve(__dirname, "..");
    const from = relative(root, context.filename).split(sep).join("/").replace(/\.ts$/, "");
    const look = (node) => {
      if (node?.type !== "Literal" || typeof node.value !== "string" || !node.value.startsWith(".")) return;
      const path = relative(root, resolve(dirname(context.filename), node.value))
        .split(sep)
        .join("/");
      const to = layers[path] === undefined ? path : `${path}/index`;
      if (mayImport(from, to)) return;
      context.report({ node, message: `${rowOf(from)}/ does not import ${to}: see tools/layers.cjs` });
    };
    return {
      ImportDeclaration: ({ source }) => look(source),
      ExportNamedDeclaration: ({ source }) => look(source),
      ExportAllDeclaration: ({ source }) => look(source),
      ImportExpression: ({ source }) => look(source),
      TSImportType: ({ source }) => look(source),
      CallExpression: ({ callee, arguments: [first] }) => callee.name === "require" && look(first),
    };
  },
};
