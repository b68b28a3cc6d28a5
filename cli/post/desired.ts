import { code } from "../review/markdown/code";
import { shortened } from "../review/markdown/fit";
import { markdown, stackMarkdown } from "../review/markdown/markdown";
import type { Report, ReviewOptions, StackReport } from "../review/report/report";
import { reportOf, withSame, type Source } from "../review/report/create-report";
import { changesAnything, stackName } from "../review/report/words";
import { isSameComment, markerLine, nameOf, runWord, sourceWord, stackWord, type Marker } from "./marker";

/** What one comment should be. */
export interface WantedComment {
  readonly marker: Marker;
  /** For messages: `web/prod`, or a file's name. */
  readonly name: string;
  /** All of it, the marker included. */
  readonly body: string;
  /** It says that nothing changes: nobody needs it where no earlier plan stands. */
  readonly quiet: boolean;
  /** Another run is reason enough to write it again. */
  readonly tellsRun: boolean;
}

/** A source that names no stack. */
export interface FailedSource {
  readonly source: string;
  readonly name: string;
  /** It is no failure: nothing is deployed. */
  readonly quiet: boolean;
  /** In the comment of the source, or in that of a stack whose plan was read from it before. */
  readonly body: (marker: Marker) => string;
}

export interface Wanted {
  /** Of the stacks. */
  readonly comments: readonly WantedComment[];
  readonly failed: readonly FailedSource[];
  /** Sources that name their stack by now: what was said of them before is over. */
  readonly fine: readonly Pick<FailedSource, "source" | "name">[];
}

export interface WantedOptions extends ReviewOptions {
  /** Characters of a comment, the marker included. */
  readonly maxLength: number;
  /** The same in bytes, where the service counts them, too. */
  readonly maxBytes: number;
  /** The page of the job's run, where it is known. */
  readonly run?: string | undefined;
  /** By what the next run knows a source again. */
  readonly keyOf: (name: string) => string;
}

interface Part {
  readonly marker: Marker;
  readonly name: string;
  readonly quiet: boolean;
  readonly text: (maxLength: number) => string;
}

/** The comments that previews ask for, one for each stack, and the sources that name none. */
export function wantedComments(sources: readonly Source[], options: WantedOptions): Wanted {
  const reports = sources.map((source) => reportOf([source], options));
  const stacks = withSame(reports.flatMap((report) => report.stacks));
  const parts = sources.map((source, index) => {
    const { unreadable = [], stacks: own = [] } = reports[index] ?? {};
    return partsOf(source, { unreadable, stacks: stacks.splice(0, own.length) }, options);
  });
  const groups = grouped(parts.flat());
  const comments = groups.flatMap(([part, ...others]): WantedComment[] => {
    const { marker, name } = part;
    if (marker.stack === undefined) return [];
    const all = [part, ...others];
    const quiet = all.every((one) => one.quiet);
    return [{ marker, name, body: joined(marker, all, options), quiet, tellsRun: false }];
  });
  const failed = groups.flatMap(([part, ...others]): FailedSource[] => {
    const { marker, name } = part;
    if (marker.stack !== undefined || marker.source === undefined) return [];
    const all = [part, ...others];
    const body = (at: Marker) => joined(at, [...outdated(at), ...all], options);
    return [{ source: marker.source, name, quiet: all.every((one) => one.quiet), body }];
  });
  const fine = sources
    .map(({ name }) => ({ name, source: sourceWord(options.keyOf(name)) }))
    .filter(({ source }) => !failed.some((one) => one.source === source));
  return { comments, failed, fine };
}

/** Two previews of one stack share its comment, or the second would take the first one's place. */
function grouped(parts: readonly Part[]): [Part, ...Part[]][] {
  const groups: [Part, ...Part[]][] = [];
  for (const part of parts) {
    const group = groups.find(([first]) => isSameComment(first.marker, part.marker));
    if (group) group.push(part);
    else groups.push([part]);
  }
  return groups;
}

/** The words before a failure that takes the place of a plan. */
const outdated = ({ stack }: Marker): Pick<Part, "text">[] =>
  stack === undefined
    ? []
    : [{ text: () => `**The plan of ${code(nameOf(stack))} that stood here is out of date.**\n` }];

function joined(marker: Marker, parts: readonly Pick<Part, "text">[], { maxLength, maxBytes }: WantedOptions): string {
  const line = markerLine(marker);
  const within = (most: number): string => {
    const room = most - line.length - 1;
    const each = Math.floor(room / parts.length) - 1;
    return `${line}\n${shortened(parts.map((part) => part.text(each)).join("\n"), room)}`;
  };
  const whole = within(maxLength);
  // What JavaScript counts as one character takes three bytes at most.
  return Buffer.byteLength(whole) <= maxBytes ? whole : within(Math.floor(maxBytes / 3));
}

function partsOf(source: Source, { stacks, unreadable }: Report, options: WantedOptions): Part[] {
  const { run } = options;
  const key = sourceWord(options.keyOf(source.name));
  const aboutSource = { marker: { source: key }, name: source.name, quiet: false };
  // Such a text differs from run to run anyway, and sends its readers to the log.
  const link = run === undefined ? "" : `\n[This run](${run})\n`;
  return [
    ...unreadable.map((one) => ({ ...aboutSource, text: () => markdown({ stacks: [], unreadable: [one] }) + link })),
    ...stacks.map((stack): Part => {
      const text = (maxLength: number): string => stackMarkdown(stack, { ...options, maxLength });
      // A preview that fails at the very start does not name its stack.
      if (stackName(stack) === "")
        return { ...aboutSource, quiet: isQuiet(stack), text: (maxLength) => text(maxLength - link.length) + link };
      const marker = {
        stack: stackWord(stack.project, stack.stack),
        source: key,
        run: run === undefined ? undefined : runWord(run),
      };
      return { marker, name: stackName(stack), quiet: isQuiet(stack), text };
    }),
  ];
}

const isQuiet = (stack: StackReport): boolean =>
  !changesAnything(stack) && stack.failures.length === 0 && stack.drift.length === 0;
