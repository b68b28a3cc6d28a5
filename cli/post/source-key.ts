import { normalize } from "node:path";
import { STANDARD_INPUT } from "../review/sources";
import { firstSet } from "./target";

/** By what the next run knows a source again: `./a/x.json` is `a/x.json`, and each job has a standard input of its own. */
export function sourceKey(name: string, environment: NodeJS.ProcessEnv): string {
  if (name !== STANDARD_INPUT) return normalize(name).replaceAll("\\", "/");
  const job = [firstSet(environment, "GITHUB_WORKFLOW"), firstSet(environment, "GITHUB_JOB", "CI_JOB_NAME")];
  const known = job.filter((part) => part !== undefined);
  return known.length === 0 ? name : `${name} of ${known.join("/")}`;
}
