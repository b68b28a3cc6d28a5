/** `node tools/test-summary.mjs FILE…`: one line from jest's JSON results. Exits with 1 when anything has failed. */
import { existsSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

/**
 * What jest's result says. A file that could not even be loaded has no failed test in jest's count, and a jest that could not
 * start (a mistake in its configuration, no tests found) writes no result: both are failures all the same.
 */
function tally(file) {
  const result = resultIn(file);
  const { numPassedTests = 0, numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = result;
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { passed: numPassedTests, failed: failed === 0 && result.success !== true ? 1 : failed };
}

export const summary = (...files) => lineOf(total(files));

const lineOf = ({ passed, failed }) => `${passed} passed, ${failed} failed`;

function total(files) {
  const all = files.map(tally);
  const sum = (of) => all.reduce((before, one) => before + one[of], 0);
  return { passed: sum("passed"), failed: sum("failed") };
}

function resultIn(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [, , ...files] = process.argv;
  const all = total(files);
  console.log(lineOf(all));
  if (files.length === 0 || all.failed > 0) process.exitCode = 1;
}
