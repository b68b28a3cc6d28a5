import { NotAPreview, readPreviews } from "../preview/preview";
import { NotJson } from "../preview/documents";
import type { ReviewOptions } from "./report";
import type { Report, StackReport, Unreadable } from "./report";
import { withSame } from "./same-as";
import { stackReport } from "./stack-report";

/** What a preview was read from. */
export interface Source {
  /** A file's name, or `standard input`. */
  readonly name: string;
  readonly text: string;
  /** Why there is none. */
  readonly missing?: string;
}

/** What the previews mean: those of several stacks, each from its own source or one after another in one. */
export function reportOf(sources: readonly Source[], options: ReviewOptions = {}): Report {
  const stacks: StackReport[] = [];
  const unreadable: Unreadable[] = [];
  for (const { name, text, missing } of sources) {
    if (missing !== undefined) {
      unreadable.push({ source: name, reason: missing });
      continue;
    }
    try {
      stacks.push(...readPreviews(text).map((preview) => stackReport(preview, name, options)));
    } catch (error) {
      if (!(error instanceof NotJson || error instanceof NotAPreview)) throw error;
      unreadable.push({ source: name, reason: error.message });
    }
  }
  return { stacks: withSame(stacks), unreadable };
}
