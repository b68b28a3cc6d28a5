import { alike } from "../definition/parse/nearest-word";

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

/** What a name stands for, and the others that it was looked for among. */
export interface Named<T> {
  readonly same: readonly T[];
  /** Filled where there is none of the name. */
  readonly others: readonly T[];
}

/** Nobody reads more of them. */
const MOST_LINES = 20;
const MOST_NEAR = 3;

/**
 * The one thing of a name.
 *
 * @param what with where it was looked for: `segment in data view dv_prod`.
 * @param ways how to tell several apart: `its ID, or its data view`.
 * @throws LookupError when there is none, with near names, or several, with all of them.
 */
export function theOne<T extends Candidate>(name: string, { same, others }: Named<T>, what: string, ways: string): T {
  const [first, ...more] = same;
  if (first && more.length === 0) return first;
  if (!first) throw new LookupError(`there is no ${what} of the name ${JSON.stringify(name)}${near(name, others)}`);
  const lines = same.map((candidate) => `  ${line(candidate)}`);
  const rest = lines.length - MOST_LINES;
  const shown = rest > 0 ? [...lines.slice(0, MOST_LINES), `  … and ${rest} more`] : lines;
  throw new LookupError(
    [`found ${same.length} of the name ${JSON.stringify(name)}; give ${ways}:`, ...shown].join("\n"),
  );
}

/** Whether a name is the one that is looked for: blanks at its ends do not count. */
export const isNamed = (name: string, { name: found }: Candidate): boolean => found?.trim() === name.trim();

function near(name: string, others: readonly Candidate[]): string {
  const wanted = name.trim().toLowerCase();
  const names = new Set(others.flatMap((other) => other.name?.trim() ?? []));
  const holding = [...names].filter((other) => other.toLowerCase().includes(wanted));
  const meant = new Set([...holding, ...alike(wanted, names, () => Math.max(2, Math.floor(wanted.length / 3)))]);
  const shown = [...meant].slice(0, MOST_NEAR).map((other) => JSON.stringify(other));
  if (shown.length > 0) return `; did you mean ${shown.join(" or ")}?`;
  return others.length === 0 ? "; there are none at all that this account is shown" : " that this account is shown";
}

function line({ id, dataViewId, dataViewName, owner, modified }: Candidate): string {
  const view = dataViewName === undefined ? dataViewId : `${dataViewId ?? ""} ${JSON.stringify(dataViewName)}`.trim();
  return [
    id,
    ...(view === undefined ? [] : [`data view ${view}`]),
    ...(owner === undefined ? [] : [`of ${owner.name ?? owner.id}`]),
    ...(modified === undefined ? [] : [`modified ${modified}`]),
  ].join(", ");
}
