/**
 * The lines by which the provider's process tells a preview what the plan itself does not know, and by which the review knows them again.
 * The engine passes them on as text. What writes a line and what reads it stand here together.
 */

const WARNING_PREFIX = "warning: ";

/** The engine takes all that the provider prints for information, so that a warning says that it is one. */
export const formatWarningLine = (text: string): string => WARNING_PREFIX + text;

/** The text of a warning. @returns undefined for any other line */
export const parseWarningLine = (line: string): string | undefined =>
  line.startsWith(WARNING_PREFIX) ? line.slice(WARNING_PREFIX.length) : undefined;

/** What taking a segment or an audience over does to it. */
export interface AdoptionNotice {
  readonly noun: "Segment" | "Audience";
  readonly id: string;
  readonly name: string;
  readonly owner: string | undefined;
  /** The fields that the program has otherwise. */
  readonly changes: readonly string[];
}

const UNCHANGED_SUFFIX = " is taken over as it is.";
const CHANGES_INFIX = " is taken over; this changes its ";

export function formatAdoptionLine({ noun, id, name, owner, changes }: AdoptionNotice): string {
  const label = `${noun} ${id} ${JSON.stringify(name)}${owner === undefined ? "" : ` of ${owner}`}`;
  return label + (changes.length === 0 ? UNCHANGED_SUFFIX : `${CHANGES_INFIX}${changes.join(" and ")}.`);
}

/** The fields that taking it over changes. @returns undefined for a line that does not say it of this one */
export function parseAdoptionLine(line: string, id: string): readonly string[] | undefined {
  if (!line.startsWith(`Segment ${id} `) && !line.startsWith(`Audience ${id} `)) return undefined;
  if (line.endsWith(UNCHANGED_SUFFIX)) return [];
  // The last: a name, or an owner's, may say the same.
  const [, fields] =
    /^(\w+(?: and \w+)*)\.$/.exec(line.slice(line.lastIndexOf(CHANGES_INFIX) + CHANGES_INFIX.length)) ?? [];
  return line.includes(CHANGES_INFIX) ? fields?.split(" and ") : undefined;
}

/** That one is in the state of two resources of a stack. A plan does not list the one that stays the same. */
export interface SecondHolderNotice {
  readonly noun: "Segment" | "Audience";
  readonly id: string;
  /** As a program writes it: `cja.Segment "mobile"`. */
  readonly holder: string;
  readonly other: string;
}

export const formatSecondHolderLine = ({ noun, id, holder, other }: SecondHolderNotice): string =>
  `${noun} ${id} stays with ${holder}: ${other} of this stack has it, too, and can be removed.`;

/** The resource that keeps it, as a program writes it. @returns undefined for a line that does not say it of this one */
export function parseSecondHolderLine(line: string, id: string): string | undefined {
  const [, rest] = /^(?:Segment|Audience) (.*)$/s.exec(line) ?? [];
  const prefix = `${id} stays with `;
  return rest?.startsWith(prefix) ? /^[\w.]+ "(?:[^"\\]|\\.)*"(?=: )/.exec(rest.slice(prefix.length))?.[0] : undefined;
}
