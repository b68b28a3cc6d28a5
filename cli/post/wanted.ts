import { markdown, stackMarkdown } from "../../review/markdown/markdown";
import type { ReviewOptions } from "../../review/report/options";
import { reportOf, type Source } from "../../review/report/report-of";
import type { StackReport } from "../../review/report/report";
import { changesAnything, stackName } from "../../review/report/words";
import { sourceMarker, stackMarker } from "./marker";
import { shortened } from "./shortened";

/** What one comment should be. */
export interface WantedComment {
  readonly marker: string;
  /** For messages: `web/prod`, or a file's name. */
  readonly name: string;
  /** All of it, the marker included. */
  readonly body: string;
  /** It says that nothing changes: nobody needs it where no earlier plan stands. */
  readonly quiet: boolean;
}

export interface Wanted {
  readonly comments: readonly WantedComment[];
  /** Sources that name their stack by now: what was said of them before is over. */
  readonly obsolete: readonly Pick<WantedComment, "marker" | "name">[];
}

export interface WantedOptions extends ReviewOptions {
  /** Characters of a comment, the marker included. */
  readonly maxLength: number;
  /** The same in bytes, where the service counts them, too. */
  readonly maxBytes: number;
  /** The page of the job's run, where it is known. */
  readonly run?: string | undefined;
}

interface Part extends Omit<WantedComment, "body"> {
  readonly text: (maxLength: number) => string;
}

/** The comments that previews ask for, one for each stack and one for each source that names none. */
export function wantedComments(sources: readonly Source[], options: WantedOptions): Wanted {
  const parts = sources.flatMap((source) => partsOf(source, options));
  const markers = [...new Set(parts.map(({ marker }) => marker))];
  const comments = markers.map((marker) => {
    // Two previews of one stack share its comment, or the second would take the first one's place.
    return joined(
      marker,
      parts.filter((part) => part.marker === marker),
      options,
    );
  });
  const obsolete = sources
    .map(({ name }) => ({ name, marker: sourceMarker(name) }))
    .filter(({ marker }) => !markers.includes(marker));
  return { comments, obsolete };
}

function joined(marker: string, parts: readonly Part[], { maxLength, maxBytes }: WantedOptions): WantedComment {
  const within = (most: number): string => {
    const room = most - marker.length - 1;
    const each = Math.floor(room / parts.length) - 1;
    return `${marker}\n${shortened(parts.map((part) => part.text(each)).join("\n"), room)}`;
  };
  const whole = within(maxLength);
  // What JavaScript counts as one character takes three bytes at most.
  const body = Buffer.byteLength(whole) <= maxBytes ? whole : within(Math.floor(maxBytes / 3));
  return { marker, name: parts[0]?.name ?? "", body, quiet: parts.every(({ quiet }) => quiet) };
}

function partsOf(source: Source, options: WantedOptions): Part[] {
  const { stacks, unreadable } = reportOf([source], options);
  const aboutSource = { marker: sourceMarker(source.name), name: source.name, quiet: false };
  // Such a text differs from run to run anyway, and sends its readers to the log.
  const link = options.run === undefined ? "" : `\n[This run](${options.run})\n`;
  return [
    ...unreadable.map((one) => ({ ...aboutSource, text: () => markdown({ stacks: [], unreadable: [one] }) + link })),
    ...stacks.map((stack): Part => {
      const text = (maxLength: number): string => stackMarkdown(stack, { ...options, maxLength });
      // A preview that fails at the very start does not name its stack.
      if (stackName(stack) === "") return { ...aboutSource, text: (maxLength) => text(maxLength - link.length) + link };
      return { marker: stackMarker(stack.project, stack.stack), name: stackName(stack), quiet: isQuiet(stack), text };
    }),
  ];
}

const isQuiet = (stack: StackReport): boolean =>
  !changesAnything(stack) && stack.failures.length === 0 && stack.drift.length === 0;
