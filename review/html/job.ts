import type { JobReview } from "../report/report";
import type { Entry } from "./entry";
import { markup } from "./markup";
import { place } from "./place";
import { sentence, words } from "./words";

const BADGES: Readonly<Record<JobReview["action"], string>> = {
  run: "Runs",
  wait: "Is waited for again",
  change: "Changes, without a run",
  cancel: "Is cancelled",
  delete: "Leaves the program",
};

export function jobEntry(review: JobReview): Entry {
  const { action, sandbox, scope, reasons } = review;
  return {
    kind: action,
    badge: BADGES[action],
    title: place(review),
    where: markup`over ${words(scope)}, in the sandbox ${words(sandbox)}`,
    body: [markup`<ul class="reasons">${reasons.map((reason) => markup`<li>${sentence(reason)}</li>`)}</ul>`],
  };
}
