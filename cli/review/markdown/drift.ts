import type { DriftReview } from "../report/report";
import { driftAction, driftOutcome } from "../report/words";
import type { Entry } from "./block";
import { code, phrase } from "./code";
import { placeText } from "./place";
import { definitionBlock, fieldList } from "./segment";

export function driftEntry(review: DriftReview): Entry {
  const { name, dataView, fields, definition } = review;
  const what = dataView === undefined ? placeText(review) : `${code(name)} in ${code(dataView)} (${placeText(review)})`;
  const body = [fieldList(fields, "drift"), definition ? definitionBlock(definition, "drift") : ""];
  return {
    line: `#### ${driftAction(review)}: ${what}: ${phrase(driftOutcome(review))}`,
    body: body.filter((part) => part !== "").join("\n\n"),
  };
}
