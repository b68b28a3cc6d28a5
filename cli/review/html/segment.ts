import type { ReviewOptions } from "../report/options";
import type { SegmentReview } from "../report/report";
import { ACTIONS, isMarked, showsId, VERDICTS } from "../report/words";
import { definitionSentence, definitionSides } from "./definition";
import { diagram } from "./diagram";
import type { Entry } from "./entry";
import { fields } from "./fields";
import { markup } from "./markup";
import { place } from "./place";
import { code, words } from "./words";

export function segmentEntry(review: SegmentReview, options: ReviewOptions): Entry {
  const { action, name, dataView, id, definition, verdict, notes } = review;
  return {
    kind: action,
    badge: ACTIONS[action],
    title: words(name),
    where: markup`in ${words(dataView)} (${place(review)})`,
    body: [
      ...notes.map((note, index) => {
        const shown = index === 0 && showsId(review) ? markup` ID: ${code(id ?? "")}.` : undefined;
        return markup`<p class="note">${note}${shown}</p>`;
      }),
      fields(review.fields, "plan"),
      definition && (isMarked(action, definition) ? definitionSides(definition) : definitionSentence(definition)),
      VERDICTS[verdict] === "" ? undefined : markup`<p class="verdict">${VERDICTS[verdict]}</p>`,
      definition && diagram(definition, name, options),
    ],
  };
}
