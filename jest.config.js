const transform = {
  "^.+\\.ts$": "<rootDir>/tools/jest-transform.cjs",
  "/node_modules/.+\\.js$": "<rootDir>/tools/jest-transform.cjs",
};
// Octokit and what it needs are ES modules, which jest cannot load as they are.
const transformIgnorePatterns = [
  "/node_modules/(?!(@octokit|before-after-hook|content-type|json-with-bigint|universal-user-agent)/)",
];

// What a test looks up in the global object is slow there, and these are looked up all the time: a fifth of the time of unit tests.
const sandboxInjectedGlobals = [
  ...["Array", "Error", "JSON", "Map", "Math", "Number", "Object"],
  ...["Promise", "Reflect", "RegExp", "Set", "String", "Symbol"],
];

/** @type {import("jest").Config} */
module.exports = {
  // A run of a single folder pays for nothing that only the other needs.
  projects: [
    {
      displayName: "fast",
      testEnvironment: "node",
      roots: ["<rootDir>/test"],
      testMatch: ["**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/(engine|package)/"],
      transform,
      transformIgnorePatterns,
      sandboxInjectedGlobals,
    },
    {
      // Tests that run the real `pulumi` on the compiled package.
      displayName: "engine",
      testEnvironment: "node",
      roots: ["<rootDir>/test/engine", "<rootDir>/test/package"],
      testMatch: ["**/*.test.ts"],
      globalSetup: "<rootDir>/test/engine/harness/global-setup.mjs",
      setupFilesAfterEnv: ["<rootDir>/test/engine/harness/time-limit.ts"],
      transform,
      transformIgnorePatterns,
      sandboxInjectedGlobals,
    },
  ],
};
