import type { JobReview } from "../report/report";
import { JOB_ACTIONS } from "../report/words";
import type { Entry } from "./block";
import { code } from "./code";
import { placeText } from "./place";

export const jobEntry = ({ action, sandbox, scope, reasons, ...place }: JobReview): Entry => ({
  line: `- **${JOB_ACTIONS[action]}**: ${placeText(place)}, over ${code(scope)}, in the sandbox ${code(sandbox)}`,
  body: reasons.map((reason) => `  - ${code(reason)}`).join("\n"),
});
