import { similarWords } from "../definition/parse/nearest-word";

/** What was looked for is not there, or is there more than once. The message is all that there is to say. */
export class LookupError extends Error {}

/** Something that has a name, as a list of candidates shows it. */
export interface Candidate {
  readonly id: string;
  readonly name?: string;
  readonly owner?: { readonly id: string; readonly name?: string };
  readonly modified?: string;
  readonly dataViewId?: string;
  readonly dataViewName?: string;
}

/** The candidates that have a name, and the others. */
export interface NameMatches<T> {
  readonly matches: readonly T[];
  /** Filled where there is none of the name. */
  readonly others: readonly T[];
}

/** Nobody reads more of them. */
const MAX_LINES = 20;
const MAX_SUGGESTIONS = 3;

/**
 * Finds the only candidate with a name.
 *
 * @param description of what is looked for, and where: `segment in data view dv_prod`.
 * @param disambiguation how a program tells several apart: `its ID, or its data view`.
 * @throws LookupError when there is none, with similar names, or when there are several, with all of them.
 */
export function resolveByName<T extends Candidate>(
  name: string,
  { matches, others }: NameMatches<T>,
  description: string,
  disambiguation: string,
): T {
  const [first, ...more] = matches;
  if (first && more.length === 0) return first;
  if (!first)
    throw new LookupError(
      `there is no ${description} with the name ${JSON.stringify(name)}${suggestionText(name, others)}`,
    );
  const lines = matches.map((candidate) => `  ${candidateLine(candidate)}`);
  const rest = lines.length - MAX_LINES;
  const shown = rest > 0 ? [...lines.slice(0, MAX_LINES), `  … and ${rest} more`] : lines;
  throw new LookupError(
    [`found ${matches.length} with the name ${JSON.stringify(name)}; give ${disambiguation}:`, ...shown].join("\n"),
  );
}

/** Whether a candidate has this name. Blanks at the ends do not count. */
export const hasName = (name: string, { name: found }: Candidate): boolean => found?.trim() === name.trim();

function suggestionText(name: string, others: readonly Candidate[]): string {
  const query = name.trim().toLowerCase();
  const names = new Set(others.flatMap((other) => other.name?.trim() ?? []));
  const containing = [...names].filter((other) => other.toLowerCase().includes(query));
  const similar = new Set([
    ...containing,
    ...similarWords(query, names, () => Math.max(2, Math.floor(query.length / 3))),
  ]);
  const shown = [...similar].slice(0, MAX_SUGGESTIONS).map((other) => JSON.stringify(other));
  if (shown.length > 0) return `; did you mean ${shown.join(" or ")}?`;
  return others.length === 0 ? "; this account can see none at all" : " that this account can see";
}

function candidateLine({ id, dataViewId, dataViewName, owner, modified }: Candidate): string {
  const view = dataViewName === undefined ? dataViewId : `${dataViewId ?? ""} ${JSON.stringify(dataViewName)}`.trim();
  return [
    id,
    ...(view === undefined ? [] : [`data view ${view}`]),
    ...(owner === undefined ? [] : [`of ${owner.name ?? owner.id}`]),
    ...(modified === undefined ? [] : [`modified ${modified}`]),
  ].join(", ");
}
