/**
 * The lines by which the provider's process tells a preview what the plan itself does not know, and by which the review knows them again.
 * The engine passes them on as text. What writes a line and what reads it stand here together.
 */

const WARNING = "warning: ";

/** The engine takes all that the provider prints for information, so that a warning says that it is one. */
export const warningLine = (text: string): string => WARNING + text;

/** The text of a warning. @returns undefined for any other line */
export const warningIn = (line: string): string | undefined =>
  line.startsWith(WARNING) ? line.slice(WARNING.length) : undefined;

/** What taking a segment over does to it. */
export interface AdoptionNotice {
  readonly id: string;
  readonly name: string;
  readonly owner: string | undefined;
  /** The fields that the program has otherwise. */
  readonly changes: readonly string[];
}

const AS_IT_IS = " is taken over as it is.";
const CHANGES = " is taken over; this changes its ";

export function adoptionLine({ id, name, owner, changes }: AdoptionNotice): string {
  const segment = `Segment ${id} ${JSON.stringify(name)}${owner === undefined ? "" : ` of ${owner}`}`;
  return segment + (changes.length === 0 ? AS_IT_IS : `${CHANGES}${changes.join(" and ")}.`);
}

/** The fields that taking a segment over changes. @returns undefined for a line that does not say it of this one */
export function adoptionIn(line: string, id: string): readonly string[] | undefined {
  if (!line.startsWith(`Segment ${id} `)) return undefined;
  if (line.endsWith(AS_IT_IS)) return [];
  // The last: a name, or an owner's, may say the same.
  const [, fields] = /^(\w+(?: and \w+)*)\.$/.exec(line.slice(line.lastIndexOf(CHANGES) + CHANGES.length)) ?? [];
  return line.includes(CHANGES) ? fields?.split(" and ") : undefined;
}

/** That a segment is in the state of two resources of a stack. A plan does not list the one that stays the same. */
export interface StayNotice {
  readonly id: string;
  /** As a program writes it: `cja.Segment "mobile"`. */
  readonly holder: string;
  readonly other: string;
}

export const stayLine = ({ id, holder, other }: StayNotice): string =>
  `Segment ${id} stays with ${holder}: ${other} of this stack has it, too, and can be removed.`;

/** The resource that keeps a segment, as a program writes it. @returns undefined for a line that does not say it of this one */
export function stayIn(line: string, id: string): string | undefined {
  const start = `Segment ${id} stays with `;
  return line.startsWith(start) ? /^[\w.]+ "(?:[^"\\]|\\.)*"(?=: )/.exec(line.slice(start.length))?.[0] : undefined;
}
