import eslint from "@eslint/js";
import tseslint from "typescript-eslint";
import prettier from "eslint-config-prettier";

/** Imports go one way (docs/decisions/layout.md): each folder names here the folders it may not reach into. */
const forbid = (folder, ...others) => ({
  files: [`${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${others.join("|")})(/|$)`,
            message: `${folder}/ does not import from here: see docs/decisions/layout.md`,
          },
        ],
      },
    ],
  },
});

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
        AbortSignal: "readonly",
        performance: "readonly",
      },
    },
  },
  forbid("json", "definition", "environment", "export", "inputs", "sdk", "provider", "review", "cli", "emulator"),
  forbid("definition", "environment", "export", "inputs", "sdk", "provider", "review", "cli", "emulator"),
  forbid("export", "inputs", "sdk", "provider", "review", "cli", "emulator"),
  forbid("review", "export", "inputs", "sdk", "provider", "cli", "emulator"),
  forbid("inputs", "export", "sdk", "provider", "review", "cli", "emulator"),
  forbid("sdk", "export", "provider", "review", "cli", "emulator"),
  // The one door from a program to the clients: it loads them when the first lookup is asked.
  { ...forbid("sdk", "export", "review", "cli", "emulator"), files: ["sdk/lookup/program-runtime.ts"] },
  // Of several rules for a file the last one holds: the whole folder before its parts.
  forbid("provider", "sdk", "export", "review", "cli", "emulator"),
  forbid(
    "provider/http",
    "api",
    "segment",
    "segment-job",
    "settings",
    "runtime",
    "definition",
    "inputs",
    "sdk",
    "cli",
    "emulator",
  ),
  forbid("provider/api", "segment", "segment-job", "settings", "runtime", "inputs", "sdk", "cli", "emulator"),
  forbid("jobs", "inputs", "sdk", "review(?!/(html|visible))", "compare", "export", "cli", "emulator"),
  forbid("cli", "sdk"),
  forbid("emulator", "definition", "export", "inputs", "sdk", "provider", "review", "cli"),
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
