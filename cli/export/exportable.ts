import { parse } from "../../definition";
import { exactNumbersText } from "../../definition/exact-numbers";
import { quoted } from "../../definition/sentences/quote";
import { toJson } from "../../definition/to-json";
import { pick } from "../../model/fields";
import { BODY_FIELDS } from "../../model/segment-field-lists";
import type { ExportedSegment } from "./exported-segment";

/** A segment as it was listed. */
interface ListedSegment extends Partial<ExportedSegment> {
  readonly id: string;
}

interface Exportable {
  readonly segments: readonly ExportedSegment[];
  readonly warnings: readonly string[];
}

/** The segments that a program can express, and warnings for the others. */
export function selectExportable(listed: readonly ListedSegment[], dataViewId: string): Exportable {
  const segments: ExportedSegment[] = [];
  const warnings: string[] = [];
  for (const segment of listed) {
    const { id, name = "", definition } = segment;
    const label = `${id} ${quoted(name)}`;
    const problem = findProblem(id, name, definition);
    if (problem !== undefined) {
      warnings.push(`${label} is left out: ${problem}`);
      continue;
    }
    segments.push({ ...pick(segment, BODY_FIELDS), id, name, dataViewId, definition });
  }
  return { segments, warnings };
}

function findProblem(id: string, name: string, definition: unknown): string | undefined {
  if (name.trim() === "") return "it has no name, and a program has to give one; name it in the UI";
  if (definition === undefined) return "the service returns no definition of it";
  try {
    toJson(definition);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const number = exactNumbersText(definition);
  if (number !== undefined)
    return `its definition has ${number}, which a program would round (pulumi-cja explain ${id} shows it); change it in the UI`;
  // A program with one such definition is refused whole.
  const [mistake, ...more] = parse(definition).errors;
  if (!mistake) return undefined;
  const others = more.length === 0 ? "" : ` and ${more.length} more`;
  const place = mistake.path === "" ? "" : `${mistake.path}: `;
  return `its definition has mistakes: ${place}${mistake.message}${others} (pulumi-cja explain ${id}); correct it in the UI`;
}
