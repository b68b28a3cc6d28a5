import * as pulumi from "@pulumi/pulumi";
import { withoutNullish } from "../../definition/json/value";
import { countOf, mistakeLine, mistakeLines, withoutValue, type Mistake } from "../../model";
import { isLater, type LaterArgs } from "../output-args";
import { isMocked } from "../mocks";
import type { LookupArguments, LookupName, LookupQuery } from "../../model/lookup-arguments";
import { labelOf, lookupError, withoutValues, wordsOf } from "./lookup-error";
import { programRuntime, type Given } from "./program-runtime";

/** Only when the first lookup is asked: to make the schemas takes time, and most programs have no lookup. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const checks = () => require("../../model/lookup-arguments") as typeof import("../../model/lookup-arguments");

/** A lookup whose arguments are known. */
export async function lookup<Name extends LookupName, Answer extends Given<Name>>(
  name: Name,
  args: LookupArguments<Name>,
): Promise<Answer> {
  refuse(name, args, plainMistakes(name, args));
  return ask(name, withoutNullish((args ?? {}) as LookupQuery<Name>));
}

/** The mistakes in arguments that may be no outputs: such a one is a mistake itself. */
function plainMistakes(name: LookupName, args: unknown): Mistake[] {
  const way = `expected a value that is known now; use ${name}Output, which takes outputs and promises`;
  if (isLater(args)) return [{ path: "", message: `found an output or a promise instead of the arguments, ${way}` }];
  const entries = typeof args === "object" && args !== null ? Object.entries(args) : [];
  const later = entries
    .filter(([, value]) => isLater(value) || (Array.isArray(value) && value.some(isLater)))
    .map(([path]) => ({ path, message: `found an output or a promise, ${way}` }));
  return [...checks().lookupMistakes(name, args, isLater), ...later];
}

/**
 * A lookup whose arguments may be outputs. It waits until they are known, and until the resources that they come from exist:
 * in a preview its answer is unknown before. It is as secret as its arguments.
 */
export function lookupOutput<Name extends LookupName, Answer extends Given<Name>>(
  name: Name,
  args: pulumi.Input<LaterArgs<LookupArguments<Name>>>,
): pulumi.Output<Answer> {
  const known: pulumi.Output<object | undefined> = pulumi.output(checked(name, args));
  const answer = known.apply(async (values) => {
    const [secret, resources] = await Promise.all([pulumi.isSecret(known), resourcesOf(known)]);
    const query = withoutNullish((values ?? {}) as LookupQuery<Name>);
    // A name is known before the segment that has it exists.
    const ids = resources.flatMap((resource) =>
      pulumi.CustomResource.isInstance(resource) ? (resource.id ?? []) : [],
    );
    return pulumi.all(ids).apply(() => {
      refuse(
        name,
        query,
        checks().lookupMistakes(name, query, () => false),
        secret,
      );
      return ask(name, query, secret, resources);
    });
  });
  return answer as unknown as pulumi.Output<Answer>;
}

/** Mistakes that can be seen at once are told at once. */
async function checked(name: LookupName, args: unknown): Promise<object | undefined> {
  if (!isLater(args)) refuse(name, args, checks().lookupMistakes(name, args, isLater));
  return args as object | undefined;
}

async function ask<Name extends LookupName, Answer extends Given<Name>>(
  name: Name,
  query: LookupQuery<Name>,
  secret = false,
  after: readonly pulumi.Resource[] = [],
): Promise<Answer> {
  // Answered by the mocks' `call`.
  if (isMocked()) return pulumi.runtime.invoke(`cja:index:${name}`, query) as Promise<Answer>;
  // The engine does not know of what is going on here: it must not take the program for done.
  const done = pulumi.runtime.rpcKeepAlive();
  try {
    if (secret) programRuntime().keepSecret(query);
    const label = secret ? `cja.${name}([secret])` : labelOf(name, query);
    return (await programRuntime().ask(name, query, label, after)) as Answer;
  } catch (error) {
    if (!secret || !pulumi.RunError.isInstance(error)) throw error;
    const words = wordsOf(error);
    const told = withoutValues(words, query);
    throw told === words ? error : lookupError(told);
  } finally {
    done();
  }
}

/** @throws pulumi.RunError with all mistakes, if there are any. */
function refuse(name: LookupName, args: unknown, found: readonly Mistake[], secret = false): void {
  const mistakes = secret ? found.map(withoutValue) : found;
  const [first, ...rest] = mistakes;
  if (!first) return;
  const head = `${countOf(mistakes.length, "mistake")} in the arguments; nothing was sent.`;
  const told = rest.length === 0 ? mistakeLine(first) : [head, ...mistakeLines(mistakes)].join("\n");
  if (!secret) throw lookupError(`${labelOf(name, args)}: ${told}`);
  throw lookupError(`cja.${name}([secret]): ${withoutValues(told, args ?? {})}`);
}

/** The resources that an output comes from, which Pulumi's own functions that take outputs look at, too. */
async function resourcesOf(output: pulumi.Output<unknown>): Promise<readonly pulumi.Resource[]> {
  const { allResources } = output as { readonly allResources?: () => Promise<ReadonlySet<pulumi.Resource>> };
  return allResources ? [...(await allResources())] : [];
}
