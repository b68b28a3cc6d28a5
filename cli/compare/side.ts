import { existsSync } from "node:fs";
import { plainValues, type ComparedSegment, type ComparedShare, type Side } from "./compared-segment";
import { segmentsOfStack } from "./stack-segments";
import { EnvironmentIds } from "../../model/environment/environment-ids";
import { logicalReference, rebound } from "../../model/environment/rebind";
import type { ResolvedEnvironment } from "../../model/environment/resolve";
import { shareKind } from "../../model/environment/share-ids";
import { allSegments } from "../../provider/segment/listing";
import { didYouMeanText } from "../../provider/data-view/data-view";
import { openCommandRuntime } from "../command-runtime";
import { environmentsOf } from "../environments-file";
import { pulumi } from "../pulumi-process";
import { segmentShares } from "../segment-shares";
import type { CommandStack } from "../stack-config";
import type { Surroundings } from "../terminal";

/** The side as the command line names it: `stack:dev`, `dataview:dv_prod`. */
export interface SideName {
  readonly label: string;
  readonly is: "stack" | "dataview";
  readonly name: string;
}

export function sideName(word: string): SideName {
  const [, is, name] = /^(stack|dataview):(.+)$/s.exec(word) ?? [];
  if ((is !== "stack" && is !== "dataview") || name === undefined)
    throw new Error(`found ${JSON.stringify(word)}, expected stack:NAME or dataview:ID`);
  return { label: word, is, name };
}

/** The segments of a stack's state. */
export async function stackSegments(
  stack: string,
  cwd: string | undefined,
  { environment, say }: Surroundings,
): Promise<ComparedSegment[]> {
  const { output, status } = await pulumi(
    ["stack", "export", "--stack", stack, "--non-interactive"],
    cwd,
    environment,
    say,
  );
  if (status !== 0) throw new Error(`pulumi could not export the stack ${JSON.stringify(stack)}: see its words above`);
  return segmentsOfStack(output);
}

/** What to ask the service for beside the segments themselves: shares take requests of their own. */
export interface AskedMetadata {
  readonly tags: boolean;
  readonly shares: boolean;
}

/**
 * All segments of a data view.
 *
 * @param stack whose settings count where the environment lacks some
 */
export async function dataViewSegments(
  dataViewId: string,
  surroundings: Surroundings,
  stack: CommandStack,
  asked: AskedMetadata = { tags: false, shares: false },
): Promise<ComparedSegment[]> {
  const { segments, shares, target } = await openCommandRuntime(surroundings, stack);
  const onPage = (count: number) =>
    count >= 1_000 ? surroundings.say(`${dataViewId}: ${count} segments so far …`) : undefined;
  const found = await allSegments(segments, { dataViewId }, { tags: asked.tags, onPage });
  // A listing of what is not there is empty, too.
  if (found.length === 0 && !(await target.exists(dataViewId))) {
    const meant = didYouMeanText(await target.suggestDataView(dataViewId));
    throw new Error(`there is no data view ${JSON.stringify(dataViewId)}, or this account may not see it${meant}`);
  }
  const ids = found.map(({ id }) => id);
  const sharesOf = asked.shares ? await segmentShares(shares, ids) : undefined;
  return found.map((segment) => {
    const { id, definition, tags } = segment;
    const plain = plainValues({ ...segment, dataViewId });
    return {
      ...{ key: plain.name, id, ...plain, definition },
      ...(tags && asked.tags && { tags }),
      ...(sharesOf && { shares: sharesOf.get(id) ?? [] }),
    };
  });
}

/** The environments of a file. @throws Error that lists all its mistakes */
export function environmentsIn(file: string): ReadonlyMap<string, ResolvedEnvironment> {
  if (!existsSync(file)) throw new Error(`there is no ${file}`);
  return environmentsOf(file).environments;
}

/** The environment of a side: the stack's by its name, a data view's by its ID. */
export function environmentOf(
  { is, name }: SideName,
  environments: ReadonlyMap<string, ResolvedEnvironment>,
): ResolvedEnvironment | undefined {
  // The name may have the organisation and the project before it.
  if (is === "stack") return environments.get(name.slice(name.lastIndexOf("/") + 1));
  return [...environments.values()].findLast(({ ids }) => [...ids.dataViews.values()].includes(name));
}

/** Makes both sides speak of the same things under the same keys. */
export function aligned(
  [a, b]: readonly [SideName, SideName],
  [left, right]: readonly [readonly ComparedSegment[], readonly ComparedSegment[]],
  environments: ReadonlyMap<string, ResolvedEnvironment>,
): readonly [Side, Side] {
  const mixed = a.is !== b.is;
  const ids = (segments: readonly ComparedSegment[]) => new Set(segments.map(({ id }) => id));
  const side = (of: SideName, segments: readonly ComparedSegment[], others: ReadonlySet<string>): Side => {
    const environment = environmentOf(of, environments);
    return {
      label: of.label,
      segments: segments.map((segment) => {
        const keyed = mixed ? { ...segment, key: others.has(segment.id) ? segment.id : segment.name } : segment;
        return environment ? inLogicalNames(keyed, environment) : keyed;
      }),
    };
  };
  return [side(a, left, ids(right)), side(b, right, ids(left))];
}

/**
 * A segment with logical names in the place of IDs, as far as its environment has names for them: what is the same in two
 * environments is then the same.
 */
export function inLogicalNames(segment: ComparedSegment, environment: ResolvedEnvironment): ComparedSegment {
  const ids = new EnvironmentIds(environment.name, environment.ids);
  const dataView = ids.nameOf("dataViews", segment.dataViewId);
  return {
    ...segment,
    dataViewId: dataView === undefined ? segment.dataViewId : logicalReference("dataViews", dataView),
    ...(segment.shares && { shares: segment.shares.map((share) => named(share, ids)) }),
    definition: rebound(segment.definition, ({ kind, text }) => {
      const name = ids.nameOf(kind, text);
      return name === undefined ? undefined : logicalReference(kind, name);
    }),
  };
}

function named(share: ComparedShare, ids: EnvironmentIds): ComparedShare {
  const kind = shareKind(share.to);
  const name = kind && share.ids.map((id) => ids.nameOf(kind, id)).find((found) => found !== undefined);
  return kind && name !== undefined ? { ...share, ids: [logicalReference(kind, name)] } : share;
}
