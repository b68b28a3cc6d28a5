import { existsSync } from "node:fs";
import { toPlainValues, type ComparedSegment, type ComparedShare, type Side } from "./compared-segment";
import { parseStackSegments } from "./stack-segments";
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
  readonly kind: "stack" | "dataview";
  readonly name: string;
}

export function parseSideName(word: string): SideName {
  const [, kind, name] = /^(stack|dataview):(.+)$/s.exec(word) ?? [];
  if ((kind !== "stack" && kind !== "dataview") || name === undefined)
    throw new Error(`found ${JSON.stringify(word)}, expected stack:NAME or dataview:ID`);
  return { label: word, kind, name };
}

/** The segments of a stack's state. */
export async function readStackSegments(
  stack: string,
  cwd: string | undefined,
  { environment, log }: CommandContext,
): Promise<ComparedSegment[]> {
  const { output, status } = await pulumi(
    ["stack", "export", "--stack", stack, "--non-interactive"],
    cwd,
    environment,
    log,
  );
  if (status !== 0) throw new Error(`pulumi could not export the stack ${JSON.stringify(stack)}: see its output above`);
  return parseStackSegments(output);
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

/** The environment of a side: the stack's by its name, a data view's by its ID. */
export function findEnvironment(
  { kind, name }: SideName,
  environments: ReadonlyMap<string, ResolvedEnvironment>,
): ResolvedEnvironment | undefined {
  // The name may have the organisation and the project before it.
  if (kind === "stack") return environments.get(name.slice(name.lastIndexOf("/") + 1));
  return [...environments.values()].findLast(({ ids }) => [...ids.dataViews.values()].includes(name));
}

/** Makes both sides speak of the same things under the same keys. */
export function alignSides(
  [a, b]: readonly [SideName, SideName],
  [left, right]: readonly [readonly ComparedSegment[], readonly ComparedSegment[]],
  environments: ReadonlyMap<string, ResolvedEnvironment>,
): readonly [Side, Side] {
  const isMixed = a.kind !== b.kind;
  const ids = (segments: readonly ComparedSegment[]) => new Set(segments.map(({ id }) => id));
  const side = (of: SideName, segments: readonly ComparedSegment[], others: ReadonlySet<string>): Side => {
    const environment = findEnvironment(of, environments);
    return {
      label: of.label,
      segments: segments.map((segment) => {
        const withKeys = isMixed ? { ...segment, key: others.has(segment.id) ? segment.id : segment.name } : segment;
        return environment ? withLogicalNames(withKeys, environment) : withKeys;
      }),
    };
  };
  return [side(a, left, ids(right)), side(b, right, ids(left))];
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
