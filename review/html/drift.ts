import type { ReviewOptions } from "../report/options";
import type { DriftReview } from "../report/report";
import { definitionSides } from "./definition";
import { diagram } from "./diagram";
import type { Entry } from "./entry";
import { fields } from "./fields";
import { markup } from "./markup";
import { place } from "./place";
import { words } from "./words";

export function driftEntry(review: DriftReview, options: ReviewOptions): Entry {
  const { resource, name, dataView, gone, definition, undone } = review;
  const outcome = undone
    ? markup`this <code>up</code> ${gone ? "makes it anew" : "undoes it"}`
    : markup`the next <code>up</code> would undo it`;
  const outside = dataView === undefined ? undefined : markup`in ${words(dataView)} (${place(review)}): `;
  return {
    kind: gone ? "delete" : "drift",
    badge: gone ? "Deleted elsewhere" : "Changed elsewhere",
    title: dataView === undefined ? place(review) : words(name),
    where: markup`${outside}${outcome}`,
    body: [
      fields(review.fields),
      definition && definitionSides(definition),
      definition && diagram(definition, dataView === undefined ? resource : name, options),
    ],
  };
}
