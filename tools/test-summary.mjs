/** `node tools/test-summary.mjs FILE`: one line from jest's JSON result. */
import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/** A file that could not even be loaded has no failed test in jest's count; it is a failure all the same. */
export function summary(file) {
  const result = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  const { numPassedTests = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = result;
  return `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites} failed`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) console.log(summary(process.argv[2] ?? ""));
