import { writeJson } from "../../definition/json";
import { json } from "../../definition/sentences/quote";
import { toJson } from "../../definition/to-json";
import { logicalReference } from "../../model/environment/rebind";
import { only, without } from "../../model/fields";
import { saidFields, type NamedSegment } from "./exported-segment";
import type { LogicalNames } from "./logical-names";

/** One segment as JSON, for the program that reads it. */
export function segmentJson({ segment }: NamedSegment, names: LogicalNames | undefined): string {
  const { id, dataViewId, definition, tags, shares } = segment;
  const view = names?.nameOf("dataViews", dataViewId);
  const content = {
    ...without(only(segment, saidFields(segment)), ["definition"]),
    dataViewId: view === undefined ? dataViewId : logicalReference("dataViews", view),
    adoptId: id,
    ...(tags && { tags }),
    ...(shares && { shares: names ? names.logical(shares) : shares }),
    definition: toJson(names ? names.logical(definition) : definition),
  };
  return jsonText(content);
}

/** A file of JSON. It is laid out first: line breaks are the only thing in it then that shows nothing and is wanted. */
export const jsonText = (content: object): string =>
  `${writeJson(content, 2)
    .split("\n")
    .map((line) => visible(line))
    .join("\n")}\n`;

/** A line of JSON with what shows nothing as escapes. Quotes stand around texts only, so that all of it may be done at once. */
const visible = (line: string): string =>
  line.replace(/"(?:[^"\\]|\\.)*"/g, (text) => json(JSON.parse(text) as string));
