import type { ReviewOptions } from "../report/options";
import type { SegmentReview } from "../report/report";
import { ACTIONS, VERDICTS } from "../report/words";
import { definitionSentence, definitionSides } from "./definition";
import { diagram } from "./diagram";
import type { Entry } from "./entry";
import { fields } from "./fields";
import { markup } from "./markup";
import { place } from "./place";
import { code, words } from "./words";

export function segmentEntry(review: SegmentReview, options: ReviewOptions): Entry {
  const { action, name, dataView, id, definition, verdict, notes } = review;
  const changes = action === "change" || action === "replace";
  return {
    kind: action,
    badge: ACTIONS[action],
    title: words(name),
    where: markup`in ${words(dataView)} (${place(review)})`,
    body: [
      ...notes.map((note) => markup`<p class="note">${note}${id === undefined ? "" : markup` ID: ${code(id)}.`}</p>`),
      fields(review.fields),
      definition && (changes ? definitionSides(definition) : definitionSentence(definition)),
      VERDICTS[verdict] === "" ? undefined : markup`<p class="verdict">${VERDICTS[verdict]}</p>`,
      definition && diagram(definition, name, options),
    ],
  };
}
