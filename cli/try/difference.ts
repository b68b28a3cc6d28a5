import { explanationText } from "../../definition/evaluate/why";
import type { Judgement, Verdict } from "./judge";

export interface DifferentPerson {
  readonly person: string;
  readonly why: string;
}

/** How the selected persons differ from the expected ones. */
export interface Difference {
  readonly missing: readonly DifferentPerson[];
  readonly unexpected: readonly DifferentPerson[];
  /** How many others differ. */
  readonly more: number;
}

/**
 * The difference, told as far as there are verdicts.
 *
 * @param selectedCount how many of the expected persons are in
 */
export function differenceFrom(
  { persons, verdicts, known }: Judgement,
  expected: ReadonlySet<string>,
  selectedCount: number,
  most: number,
): Difference {
  const told = (one: Verdict): DifferentPerson => ({
    person: one.person,
    why: explanationText(one) || "all conditions hold",
  });
  const absent = [...expected].filter((person) => !known.has(person));
  const missing = [
    ...verdicts.filter(({ person, selected }) => !selected && expected.has(person)).map(told),
    ...absent.map((person) => ({ person, why: "no event is of this person" })),
  ].slice(0, most);
  const unexpected = verdicts
    .filter(({ person, selected }) => selected && !expected.has(person))
    .map(told)
    .slice(0, most);
  const all = expected.size - selectedCount + (persons.selected - selectedCount);
  return { missing, unexpected, more: all - missing.length - unexpected.length };
}
