import { quoted } from "../definition/sentences/quote";
import { toJson } from "../definition/to-json";
import type { ExportedSegment } from "./exported-segment";
import { isKnown } from "./program";

/** A segment as it was listed. */
export interface ListedSegment extends Partial<ExportedSegment> {
  readonly id: string;
}

export interface Exportable {
  readonly segments: readonly ExportedSegment[];
  readonly warnings: readonly string[];
}

/** What a program can say of the segments; what it cannot is told. */
export function exportable(listed: readonly ListedSegment[], dataViewId: string): Exportable {
  const segments: ExportedSegment[] = [];
  const warnings: string[] = [];
  for (const { id, name = "", description, definition } of listed) {
    const label = `${id} ${quoted(name)}`;
    const problem = problemOf(name, definition);
    if (problem !== undefined) {
      warnings.push(`${label} is left out: ${problem}`);
      continue;
    }
    const segment = { id, name, ...(description !== undefined && { description }), dataViewId, definition };
    segments.push(segment);
    if (!isKnown(segment))
      warnings.push(
        `${label} is written as JSON: its definition has mistakes (pulumi-cja explain ${id} tells them), and the program is refused until they are corrected`,
      );
  }
  return { segments, warnings };
}

function problemOf(name: string, definition: unknown): string | undefined {
  if (name.trim() === "") return "it has no name, and a program may not leave it empty; give it one in the UI";
  if (definition === undefined) return "the service answers no definition of it";
  try {
    toJson(definition);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
