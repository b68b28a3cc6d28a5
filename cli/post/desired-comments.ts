import { code } from "../review/markdown/code";
import { shortenMarkdown } from "../review/markdown/fit";
import { markdown, stackMarkdown } from "../review/markdown/markdown";
import type { Report, ReviewOptions, StackReport } from "../review/report/report";
import { createReport, linkSameChanges, type Source } from "../review/report/create-report";
import { changesAnything, stackName } from "../review/report/words";
import {
  isSameComment,
  formatMarker,
  decodeStackName,
  hashRun,
  encodeSource,
  encodeStack,
  type Marker,
} from "./marker";

/** What one comment should be. */
export interface DesiredComment {
  readonly marker: Marker;
  /** For messages: `web/prod`, or a file's name. */
  readonly name: string;
  /** All of it, the marker included. */
  readonly body: string;
  /** It says that nothing changes: nobody needs it where no earlier plan stands. */
  readonly isQuiet: boolean;
  /** Another run is reason enough to write it again. */
  readonly alwaysShowsRun: boolean;
}

/** A source that names no stack. */
export interface FailedSource {
  readonly source: string;
  readonly name: string;
  /** It is no failure: nothing is deployed. */
  readonly isQuiet: boolean;
  /** In the comment of the source, or in that of a stack whose plan was read from it before. */
  readonly body: (marker: Marker) => string;
}

export interface DesiredComments {
  /** Of the stacks. */
  readonly comments: readonly DesiredComment[];
  readonly failedSources: readonly FailedSource[];
  /** Sources that name their stack by now: what was said of them before is over. */
  readonly readableSources: readonly Pick<FailedSource, "source" | "name">[];
}

export interface DesiredOptions extends ReviewOptions {
  /** Characters of a comment, the marker included. */
  readonly maxLength: number;
  /** The same in bytes, where the service counts them, too. */
  readonly maxBytes: number;
  /** The page of the job's run, where it is known. */
  readonly run?: string | undefined;
  /** By what the next run knows a source again. */
  readonly sourceKeyOf: (name: string) => string;
}

interface Part {
  readonly marker: Marker;
  readonly name: string;
  readonly isQuiet: boolean;
  readonly text: (maxLength: number) => string;
}

/** The comments that previews ask for, one for each stack, and the sources that name none. */
export function desiredComments(sources: readonly Source[], options: DesiredOptions): DesiredComments {
  const reports = sources.map((source) => createReport([source], options));
  const stacks = linkSameChanges(reports.flatMap((report) => report.stacks));
  const parts = sources.map((source, index) => {
    const { unreadable = [], stacks: ownStacks = [] } = reports[index] ?? {};
    return toParts(source, { unreadable, stacks: stacks.splice(0, ownStacks.length) }, options);
  });
  const groups = groupByComment(parts.flat());
  const comments = groups.flatMap(([part, ...others]): DesiredComment[] => {
    const { marker, name } = part;
    if (marker.stack === undefined) return [];
    const all = [part, ...others];
    const isQuiet = all.every((one) => one.isQuiet);
    return [{ marker, name, body: joinParts(marker, all, options), isQuiet, alwaysShowsRun: false }];
  });
  const failedSources = groups.flatMap(([part, ...others]): FailedSource[] => {
    const { marker, name } = part;
    if (marker.stack !== undefined || marker.source === undefined) return [];
    const all = [part, ...others];
    const body = (marker: Marker) => joinParts(marker, [...outdatedNotice(marker), ...all], options);
    return [{ source: marker.source, name, isQuiet: all.every((one) => one.isQuiet), body }];
  });
  const readableSources = sources
    .map(({ name }) => ({ name, source: encodeSource(options.sourceKeyOf(name)) }))
    .filter(({ source }) => !failedSources.some((one) => one.source === source));
  return { comments, failedSources, readableSources };
}

/** Two previews of one stack share its comment, or the second would take the first one's place. */
function groupByComment(parts: readonly Part[]): [Part, ...Part[]][] {
  const groups: [Part, ...Part[]][] = [];
  for (const part of parts) {
    const group = groups.find(([first]) => isSameComment(first.marker, part.marker));
    if (group) group.push(part);
    else groups.push([part]);
  }
  return groups;
}

/** The words before a failure that takes the place of a plan. */
const outdatedNotice = ({ stack }: Marker): Pick<Part, "text">[] =>
  stack === undefined
    ? []
    : [{ text: () => `**The plan of ${code(decodeStackName(stack))} that was here is out of date.**\n` }];

function joinParts(
  marker: Marker,
  parts: readonly Pick<Part, "text">[],
  { maxLength, maxBytes }: DesiredOptions,
): string {
  const line = formatMarker(marker);
  const fitWithin = (maxLength: number): string => {
    const available = maxLength - line.length - 1;
    const perPart = Math.floor(available / parts.length) - 1;
    return `${line}\n${shortenMarkdown(parts.map((part) => part.text(perPart)).join("\n"), available)}`;
  };
  const fullBody = fitWithin(maxLength);
  // What JavaScript counts as one character takes three bytes at most.
  return Buffer.byteLength(fullBody) <= maxBytes ? fullBody : fitWithin(Math.floor(maxBytes / 3));
}

function toParts(source: Source, { stacks, unreadable }: Report, options: DesiredOptions): Part[] {
  const { run } = options;
  const key = encodeSource(options.sourceKeyOf(source.name));
  const sourcePart = { marker: { source: key }, name: source.name, isQuiet: false };
  // Such a text differs from run to run anyway, and sends its readers to the log.
  const link = run === undefined ? "" : `\n[This run](${run})\n`;
  return [
    ...unreadable.map((one) => ({ ...sourcePart, text: () => markdown({ stacks: [], unreadable: [one] }) + link })),
    ...stacks.map((stack): Part => {
      const text = (maxLength: number): string => stackMarkdown(stack, { ...options, maxLength });
      // A preview that fails at the very start does not name its stack.
      if (stackName(stack) === "")
        return {
          ...sourcePart,
          isQuiet: changesNothing(stack),
          text: (maxLength) => text(maxLength - link.length) + link,
        };
      const marker = {
        stack: encodeStack(stack.project, stack.stack),
        source: key,
        run: run === undefined ? undefined : hashRun(run),
      };
      return { marker, name: stackName(stack), isQuiet: changesNothing(stack), text };
    }),
  ];
}

const changesNothing = (stack: StackReport): boolean =>
  !changesAnything(stack) && stack.failures.length === 0 && stack.drift.length === 0;
