import type { JobReview } from "../report/report";
import type { Entry } from "./block";
import { code } from "./code";
import { placeText } from "./place";

const SAYS: Readonly<Record<JobReview["action"], string>> = {
  run: "Runs",
  wait: "Is waited for again",
  change: "Changes, without a run",
  cancel: "Is cancelled",
  delete: "Leaves the program",
};

export function jobEntry(review: JobReview): Entry {
  const { action, sandbox, scope, reasons } = review;
  return {
    line: `- **${SAYS[action]}**: ${placeText(review)}, over ${code(scope)}, in the sandbox ${code(sandbox)}`,
    body: reasons.map((reason) => `  - ${code(reason)}`).join("\n"),
  };
}
