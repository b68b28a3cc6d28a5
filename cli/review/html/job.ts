import type { JobReview } from "../report/report";
import { JOB_ACTIONS } from "../report/words";
import type { Entry } from "./entry";
import { markup } from "./markup";
import { place } from "./place";
import { sentence, words } from "./words";

export const jobEntry = ({ action, sandbox, scope, reasons, ...rest }: JobReview): Entry => ({
  kind: action,
  badge: JOB_ACTIONS[action],
  title: place(rest),
  where: markup`over ${words(scope)}, in the sandbox ${words(sandbox)}`,
  body: [markup`<ul class="reasons">${reasons.map((reason) => markup`<li>${sentence(reason)}</li>`)}</ul>`],
});
