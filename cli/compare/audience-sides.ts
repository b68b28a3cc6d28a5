import { referencedAudiences, renameAudiences } from "../../definition/pql/references";
import { omit } from "../../model/fields";
import { audienceField, type AudienceFieldName } from "../../model/audience-field-lists";
import type { ResolvedEnvironment } from "../../model/environment/resolve";
import { openCommandRuntime } from "../command-runtime";
import { readableValue } from "../review/preview/values";
import { containsSecret } from "../review/report/field-changes";
import type { NameLookup } from "../review/report/name-lookup";
import { readMergePolicies, findSandboxAudiences, otherOriginsText } from "../sandbox-audiences";
import type { CommandStack } from "../stack-config";
import type { Terminal } from "../terminal";
import { CommonNames, type SideIndex } from "./common-names";
import { compareAudiences, toComparedAudience, type ComparedAudience, type GivenAudience } from "./compared-audience";
import type { Comparison } from "./comparison";
import { environmentsOf, withCommonKeys, type SideName } from "./side";
import { parseStackResources, type StackResource } from "./stack-segments";

type Both<T> = readonly [T, T];

/** The audiences of a side, as it says them. */
interface GivenSide {
  readonly audiences: readonly GivenAudience[];
  /** Those that are not compared, though expressions may name them. */
  readonly others: readonly { readonly id: string; readonly name?: string }[];
  readonly leftOut?: string | undefined;
}

/**
 * Compares the audiences of two stacks or sandboxes.
 *
 * @param states of those sides that are stacks
 * @param stack whose settings count where the environment lacks some
 */
export async function compareAudienceSides(
  sides: Both<SideName>,
  states: ReadonlyMap<SideName, string>,
  environments: ReadonlyMap<string, ResolvedEnvironment>,
  stack: CommandStack,
  terminal: Terminal,
): Promise<Comparison<ComparedAudience>> {
  const [a, b] = sides;
  const sandboxes = sides.filter(({ kind }) => kind === "sandbox");
  const runtime = sandboxes.length > 0 ? await openCommandRuntime(terminal, stack) : undefined;
  const resources = new Map(
    [...states].map(([side, state]) => [side, parseStackResources(state, "Audience")] as const),
  );
  const read = async (side: SideName): Promise<GivenSide> => {
    if (!runtime || side.kind !== "sandbox")
      return { audiences: (resources.get(side) ?? []).map(toGivenAudience), others: [] };
    const ids = idsIn([...resources.values()].flat(), side.name);
    const { own, others } = await findSandboxAudiences(runtime, side.name, ids, terminal);
    const audiences = own.map(({ id, ...values }) => ({ id, values: { ...values, sandboxName: side.name } }));
    return { audiences, others, leftOut: otherOriginsText(others, side.label) };
  };
  const given: Both<GivenSide> = [await read(a), await read(b)];
  const policies = runtime
    ? await Promise.all(sandboxes.map(({ name }) => readMergePolicies(runtime, name, terminal.log)))
    : [];
  const compared = ({ audiences }: GivenSide) => audiences.map((one) => toComparedAudience(one, policies.flat()));
  const [left, right] = withCommonKeys(sides, [compared(given[0]), compared(given[1])]);
  const names = new CommonNames(environmentsOf(sides, environments));
  const { all, nameOf } = withCommonReferences([left, right], {
    others: [given[0].others, given[1].others],
    isSamePlace: a.kind !== b.kind,
    names,
  });
  const [labelledA, labelledB] = [
    { label: a.label, all: all[0] },
    { label: b.label, all: all[1] },
  ];
  const leftOut = [...new Set(given.flatMap((side) => side.leftOut ?? []))];
  return {
    ...compareAudiences(labelledA, labelledB, names, nameOf),
    ...(leftOut.length > 0 && { leftOut }),
  };
}

/** An audience of a stack, without what the service has filled in: what that means elsewhere, nobody has said. */
function toGivenAudience({ key, id, outputs }: StackResource): GivenAudience {
  const values = readableValue(outputs) as Readonly<Record<string, unknown>>;
  const { unsaid } = values;
  const filledIn = (Array.isArray(unsaid) ? (unsaid as readonly AudienceFieldName[]) : []).filter(
    (name) => audienceField(name).absent === undefined,
  );
  return { key, id, values: omit(values, filledIn) };
}

/** The IDs of the audiences that some resources are, or name in their expressions, and that may be in a sandbox. */
export const idsIn = (resources: readonly StackResource[], sandbox: string): string[] =>
  resources.flatMap(({ id, outputs }) => {
    const { sandboxName = sandbox, expression } = readableValue(outputs) as Readonly<Record<string, unknown>>;
    return sandboxName === sandbox ? [id, ...referencedAudiences(expression).map((one) => one.id)] : [];
  });

interface References {
  readonly others: Both<GivenSide["others"]>;
  /** Whether an ID that one side has may stand in the expressions of the other: a sandbox has what its stack does not manage. */
  readonly isSamePlace: boolean;
  readonly names: CommonNames;
}

/**
 * The audiences of both sides with something in their expressions that is the same on both, in the place of IDs, which are others in each sandbox: a
 * logical name, else the key by which an audience is known.
 */
function withCommonReferences(
  sides: Both<readonly ComparedAudience[]>,
  { others, isSamePlace, names }: References,
): { readonly all: Both<readonly ComparedAudience[]>; readonly nameOf: NameLookup } {
  const keysOf = (side: SideIndex) =>
    new Map([
      ...others[side].map(({ id, name = "" }) => [id, name] as const),
      ...sides[side].map(({ id, key }) => [id, key] as const),
    ]);
  const keys: Both<ReadonlyMap<string, string>> = [keysOf(0), keysOf(1)];
  const referenceOf = (side: SideIndex, id: string): string | undefined => {
    const elsewhere = isSamePlace ? keys[side === 0 ? 1 : 0].get(id) : undefined;
    // What has no name has none in its place.
    return names.nameOf("audiences", side, id) ?? (keys[side].get(id) || elsewhere || undefined);
  };
  const called = new Map<string, Set<string>>();
  for (const side of [0, 1] as const)
    for (const { id, name = "" } of [...sides[side], ...others[side]]) {
      const reference = referenceOf(side, id) ?? id;
      called.set(reference, (called.get(reference) ?? new Set()).add(name));
    }
  const renamed = (side: SideIndex) =>
    sides[side].map((one) => ({
      ...one,
      expression: renameAudiences(one.expression, ({ id }) => referenceOf(side, id)),
    }));
  return {
    all: [renamed(0), renamed(1)],
    nameOf: (reference) => {
      const all = [...(called.get(reference) ?? [])];
      return all[0] === undefined || all[0] === "" || all.some(containsSecret) ? reference : all[0];
    },
  };
}
