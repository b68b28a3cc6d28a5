import type { DriftReview } from "../report/report";
import type { Entry } from "./block";
import { code } from "./code";
import { placeText } from "./place";
import { definitionBlock, fieldList } from "./segment";

export function driftEntry(review: DriftReview): Entry {
  const { name, dataView, gone, fields, definition, undone } = review;
  const what = dataView === undefined ? placeText(review) : `${code(name)} in ${code(dataView)} (${placeText(review)})`;
  const outcome = undone ? (gone ? "this `up` makes it anew" : "this `up` undoes it") : "the next `up` would undo it";
  const body = [fieldList(fields), definition ? definitionBlock(definition, "drift") : ""];
  return {
    line: `#### ${gone ? "Deleted elsewhere" : "Changed elsewhere"}: ${what}: ${outcome}`,
    body: body.filter((part) => part !== "").join("\n\n"),
  };
}
