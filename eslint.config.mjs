import eslint from "@eslint/js";
import tseslint from "typescript-eslint";
import prettier from "eslint-config-prettier";
import oneWay from "./tools/one-way.cjs";

export default tseslint.config(
  { ignores: ["dist", "node_modules", ".tmp", "examples/**/node_modules"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/only-throw-error": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/require-await": "off",
      // With it the reference lists what an interface has that is derived from another one.
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "no-console": "error",
      "no-empty": ["error", { allowEmptyCatch: false }],
    },
  },
  // They import the package as its users do, from dist/, which a fresh clone does not have yet; `npm run typecheck` builds it first.
  { files: ["examples/**/*.ts"], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ["**/*.{js,mjs,cjs}"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        module: "writable",
        require: "readonly",
        exports: "writable",
        __dirname: "readonly",
        URL: "readonly",
        fetch: "readonly",
        setTimeout: "readonly",
        clearTimeout: "readonly",
        setInterval: "readonly",
        setImmediate: "readonly",
        clearInterval: "readonly",
        AbortController: "readonly",
        AbortSignal: "readonly",
        performance: "readonly",
      },
    },
  },
  {
    files: ["**/*.ts"],
    plugins: { layers: { rules: { "one-way": oneWay } } },
    rules: { "layers/one-way": "error" },
  },
  { files: ["cli/**/*.ts", "tools/bench/**/*.ts", "test/**/*.ts"], rules: { "no-console": "off" } },
  {
    // So that the number of samples stands in one place.
    files: ["test/**/*.ts", "tools/bench/**/*.ts"],
    ignores: ["test/properties.ts"],
    rules: {
      "no-restricted-imports": ["error", { paths: [{ name: "fast-check", message: "See test/properties.ts." }] }],
    },
  },
  prettier,
);
