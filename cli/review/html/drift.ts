import type { ReviewOptions } from "../report/options";
import type { DriftReview } from "../report/report";
import { driftAction, driftOutcome } from "../report/words";
import { definitionSides } from "./definition";
import { diagram } from "./diagram";
import type { Entry } from "./entry";
import { fields } from "./fields";
import { markup } from "./markup";
import { place } from "./place";
import { phrase, words } from "./words";

export function driftEntry(review: DriftReview, options: ReviewOptions): Entry {
  const { resource, name, dataView, gone, definition } = review;
  const outside = dataView === undefined ? undefined : markup`in ${words(dataView)} (${place(review)}): `;
  return {
    kind: gone ? "delete" : "drift",
    badge: driftAction(review),
    title: dataView === undefined ? place(review) : words(name),
    where: markup`${outside}${phrase(driftOutcome(review))}`,
    body: [
      fields(review.fields, "drift"),
      definition && definitionSides(definition),
      definition && diagram(definition, dataView === undefined ? resource : name, options),
    ],
  };
}
