import { existsSync } from "node:fs";
import type { Compared } from "./comparison";
import { toPlainValues, type ComparedSegment, type ComparedShare, type Side } from "./compared-segment";
import { EnvironmentIds } from "../../model/environment/environment-ids";
import { logicalReference, renameReferences } from "../../model/environment/references";
import type { ResolvedEnvironment } from "../../model/environment/resolve";
import { kindOfShare } from "../../model/environment/share-ids";
import { allSegments } from "../../provider/segment/listing";
import { didYouMeanText } from "../../provider/data-view/data-view";
import { openCommandRuntime } from "../command-runtime";
import { readEnvironmentsFile } from "../environments-file";
import { pulumi } from "../pulumi-process";
import { readSegmentShares } from "../segment-shares";
import type { CommandStack } from "../stack-config";
import type { CommandContext } from "../terminal";

/** The side as the command line names it: `stack:dev`, `dataview:dv_prod`. */
export interface SideName {
  readonly label: string;
  readonly kind: (typeof SIDE_KINDS)[number];
  readonly name: string;
}

const SIDE_KINDS = ["stack", "dataview", "sandbox"] as const;

export function parseSideName(word: string): SideName {
  const [, before, name] = /^(\w+):(.+)$/s.exec(word) ?? [];
  const kind = SIDE_KINDS.find((one) => one === before);
  if (kind === undefined || name === undefined)
    throw new Error(`found ${JSON.stringify(word)}, expected stack:NAME, dataview:ID or sandbox:NAME`);
  return { label: word, kind, name };
}

/** What `pulumi stack export` prints of a stack. */
export async function readStackState(
  stack: string,
  cwd: string | undefined,
  { environment, log }: CommandContext,
): Promise<string> {
  const { output, status } = await pulumi(
    ["stack", "export", "--stack", stack, "--non-interactive"],
    cwd,
    environment,
    log,
  );
  if (status !== 0) throw new Error(`pulumi could not export the stack ${JSON.stringify(stack)}: see its output above`);
  return output;
}

/** What to ask the service for beside the segments themselves: shares take requests of their own. */
export interface RequestedMetadata {
  readonly tags: boolean;
  readonly shares: boolean;
}

/**
 * All segments of a data view.
 *
 * @param stack whose settings count where the environment lacks some
 */
export async function readDataViewSegments(
  dataViewId: string,
  context: CommandContext,
  stack: CommandStack,
  requested: RequestedMetadata = { tags: false, shares: false },
): Promise<ComparedSegment[]> {
  const { segments, shares, target } = await openCommandRuntime(context, stack);
  const onPage = (count: number) =>
    count >= 1_000 ? context.log(`${dataViewId}: ${count} segments so far …`) : undefined;
  const found = await allSegments(segments, { dataViewId }, { tags: requested.tags, onPage });
  // A listing of what is not there is empty, too.
  if (found.length === 0 && !(await target.exists(dataViewId))) {
    const suggestion = didYouMeanText(await target.suggestDataView(dataViewId));
    throw new Error(`there is no data view ${JSON.stringify(dataViewId)}, or this account may not see it${suggestion}`);
  }
  const ids = found.map(({ id }) => id);
  const sharesOf = requested.shares ? await readSegmentShares(shares, ids) : undefined;
  return found.map((segment) => {
    const { id, definition, tags } = segment;
    const plain = toPlainValues({ ...segment, dataViewId });
    return {
      ...{ key: plain.name, id, ...plain, definition },
      ...(tags && requested.tags && { tags }),
      ...(sharesOf && { shares: sharesOf.get(id) ?? [] }),
    };
  });
}

/** The environments of a file. @throws Error that lists all its mistakes */
export function readEnvironments(file: string): ReadonlyMap<string, ResolvedEnvironment> {
  if (!existsSync(file)) throw new Error(`there is no ${file}`);
  return readEnvironmentsFile(file).environments;
}

/**
 * The environments of two sides: a stack's by its name, that of a data view or a sandbox by what it is called in there. Where several have it, that
 * of the stack on the other side counts, and else the last.
 */
export function environmentsOf(
  [a, b]: readonly [SideName, SideName],
  environments: ReadonlyMap<string, ResolvedEnvironment>,
): readonly [ResolvedEnvironment | undefined, ResolvedEnvironment | undefined] {
  // The name may have the organisation and the project before it.
  const ofStack = ({ kind, name }: SideName) =>
    kind === "stack" ? environments.get(name.slice(name.lastIndexOf("/") + 1)) : undefined;
  const find = (side: SideName, other: SideName) => {
    if (side.kind === "stack") return ofStack(side);
    const kind = side.kind === "dataview" ? "dataViews" : "sandboxes";
    const fitting = [...environments.values()].filter(({ ids }) => [...ids[kind].values()].includes(side.name));
    return fitting.find((one) => one === ofStack(other)) ?? fitting.at(-1);
  };
  return [find(a, b), find(b, a)];
}

/** Makes both sides speak of the same things under the same keys. */
export function alignSides(
  names: readonly [SideName, SideName],
  sides: readonly [readonly ComparedSegment[], readonly ComparedSegment[]],
  environments: ReadonlyMap<string, ResolvedEnvironment>,
): readonly [Side, Side] {
  const [left, right] = withCommonKeys(names, sides);
  const [ofLeft, ofRight] = environmentsOf(names, environments);
  const side = (
    { label }: SideName,
    segments: readonly ComparedSegment[],
    environment: ResolvedEnvironment | undefined,
  ): Side => ({
    label,
    segments: environment ? segments.map((segment) => withLogicalNames(segment, environment)) : segments,
  });
  return [side(names[0], left, ofLeft), side(names[1], right, ofRight)];
}

/** What a stack and a place at Adobe have is known by ID, else by name: no resource's name stands there. */
export function withCommonKeys<T extends Compared>(
  [a, b]: readonly [SideName, SideName],
  [left, right]: readonly [readonly T[], readonly T[]],
): readonly [readonly T[], readonly T[]] {
  if (a.kind === b.kind) return [left, right];
  const keyed = (all: readonly T[], others: readonly T[]): readonly T[] => {
    const ids = new Set(others.map(({ id }) => id));
    return all.map((one) => ({ ...one, key: ids.has(one.id) ? one.id : one.name }));
  };
  return [keyed(left, right), keyed(right, left)];
}

/**
 * A segment with logical names in the place of IDs, as far as its environment has names for them: what is the same in two
 * environments is then the same.
 */
export function withLogicalNames(segment: ComparedSegment, environment: ResolvedEnvironment): ComparedSegment {
  const ids = new EnvironmentIds(environment.name, environment.ids);
  const dataView = ids.nameOf("dataViews", segment.dataViewId);
  return {
    ...segment,
    dataViewId: dataView === undefined ? segment.dataViewId : logicalReference("dataViews", dataView),
    ...(segment.shares && { shares: segment.shares.map((share) => shareWithNames(share, ids)) }),
    definition: renameReferences(segment.definition, ({ kind, text }) => {
      const name = ids.nameOf(kind, text);
      return name === undefined ? undefined : logicalReference(kind, name);
    }),
  };
}

function shareWithNames(share: ComparedShare, ids: EnvironmentIds): ComparedShare {
  const kind = kindOfShare(share.to);
  const name = kind && share.ids.map((id) => ids.nameOf(kind, id)).find((found) => found !== undefined);
  return kind && name !== undefined ? { ...share, ids: [logicalReference(kind, name)] } : share;
}
