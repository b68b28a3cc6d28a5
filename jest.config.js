/** Types are checked by `npm run typecheck`, tests included: here each file is only turned into JavaScript. */
const typescript = {
  target: "ES2022",
  module: "CommonJS",
  esModuleInterop: true,
  isolatedModules: true,
  inlineSourceMap: true,
};

const common = {
  testEnvironment: "<rootDir>/test/environment.cjs",
  transform: { "^.+\\.ts$": ["ts-jest", { diagnostics: false, tsconfig: typescript }] },
  // What a test looks up in the global object is slow there, and these are looked up all the time: a fifth of the time of unit tests.
  sandboxInjectedGlobals: [
    ...["Array", "Error", "JSON", "Map", "Math", "Number", "Object"],
    ...["Promise", "Reflect", "RegExp", "Set", "String", "Symbol"],
  ],
};

/** Tests that run the real `pulumi` on the compiled package. */
const onEngine = { ...common, globalSetup: "<rootDir>/test/engine/harness/global-setup.mjs" };

/** @type {import("jest").Config} */
module.exports = {
  // Ten minutes: no test is red because its machine is slow. None has a limit of its own.
  testTimeout: 600_000,
  // A run of one of them pays for nothing that only another needs. tools/test.mjs says which command runs which.
  projects: [
    {
      ...common,
      displayName: "fast",
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/(life|engine|package)/"],
    },
    { ...onEngine, displayName: "life", roots: ["<rootDir>/test/life"] },
    { ...onEngine, displayName: "engine", roots: ["<rootDir>/test/engine", "<rootDir>/test/package"] },
  ].map((project) => ({ roots: ["<rootDir>/test"], testMatch: ["**/*.test.ts"], ...project })),
};
