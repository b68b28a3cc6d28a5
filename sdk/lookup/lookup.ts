import * as pulumi from "@pulumi/pulumi";
import { withoutNullish } from "../../definition/json/value";
import { pluralize, formatMistake, formatMistakes, withoutValue, type Mistake } from "../../model";
import { isOutputOrPromise, type OutputArgs } from "../output-args";
import { isMocked } from "../mocks";
import type { LookupArguments, LookupName, LookupQuery } from "../../model/lookup-arguments";
import { callLabel, lookupError, redactValues, originalTextOf } from "./lookup-error";
import { programRuntime, type LookupResult } from "./program-runtime";

/** Only when the first lookup is asked: to make the schemas takes time, and most programs have no lookup. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const loadChecks = () => require("../../model/lookup-arguments") as typeof import("../../model/lookup-arguments");

/** A lookup whose arguments are known. */
export async function lookup<Name extends LookupName, Answer extends LookupResult<Name>>(
  name: Name,
  args: LookupArguments<Name>,
): Promise<Answer> {
  throwIfMistakes(name, args, plainMistakes(name, args));
  return sendQuery(name, withoutNullish((args ?? {}) as LookupQuery<Name>));
}

/** The mistakes in arguments that may be no outputs: such a one is a mistake itself. */
function plainMistakes(name: LookupName, args: unknown): Mistake[] {
  const advice = `expected a value that is known now; use ${name}Output, which takes outputs and promises`;
  if (isOutputOrPromise(args))
    return [{ path: "", message: `found an output or a promise instead of the arguments, ${advice}` }];
  const entries = typeof args === "object" && args !== null ? Object.entries(args) : [];
  const deferred = entries
    .filter(([, value]) => isOutputOrPromise(value) || (Array.isArray(value) && value.some(isOutputOrPromise)))
    .map(([path]) => ({ path, message: `found an output or a promise, ${advice}` }));
  return [...loadChecks().lookupMistakes(name, args, isOutputOrPromise), ...deferred];
}

/**
 * A lookup whose arguments may be outputs. It waits until they are known, and until the resources that they come from exist:
 * in a preview its answer is unknown before. It is as secret as its arguments.
 */
export function lookupOutput<Name extends LookupName, Answer extends LookupResult<Name>>(
  name: Name,
  args: pulumi.Input<OutputArgs<LookupArguments<Name>>>,
): pulumi.Output<Answer> {
  const knownArgs: pulumi.Output<object | undefined> = pulumi.output(rejectKnownMistakes(name, args));
  const answer = knownArgs.apply(async (values) => {
    const [isSecret, resources] = await Promise.all([pulumi.isSecret(knownArgs), resourcesOf(knownArgs)]);
    const query = withoutNullish((values ?? {}) as LookupQuery<Name>);
    // A name is known before the segment that has it exists.
    const ids = resources.flatMap((resource) =>
      pulumi.CustomResource.isInstance(resource) ? (resource.id ?? []) : [],
    );
    return pulumi.all(ids).apply(() => {
      throwIfMistakes(
        name,
        query,
        loadChecks().lookupMistakes(name, query, () => false),
        isSecret,
      );
      return sendQuery(name, query, isSecret, resources);
    });
  });
  return answer as unknown as pulumi.Output<Answer>;
}

/** Throws for mistakes that can be seen before outputs are known. */
async function rejectKnownMistakes(name: LookupName, args: unknown): Promise<object | undefined> {
  if (!isOutputOrPromise(args)) throwIfMistakes(name, args, loadChecks().lookupMistakes(name, args, isOutputOrPromise));
  return args as object | undefined;
}

async function sendQuery<Name extends LookupName, Answer extends LookupResult<Name>>(
  name: Name,
  query: LookupQuery<Name>,
  isSecret = false,
  dependencies: readonly pulumi.Resource[] = [],
): Promise<Answer> {
  // Answered by the mocks' `call`.
  if (isMocked()) return pulumi.runtime.invoke(`cja:index:${name}`, query) as Promise<Answer>;
  // The engine does not know of what is going on here: it must not take the program for done.
  const releaseKeepAlive = pulumi.runtime.rpcKeepAlive();
  try {
    if (isSecret) programRuntime().addSecrets(query);
    const label = isSecret ? `cja.${name}([secret])` : callLabel(name, query);
    return (await programRuntime().lookup(name, query, label, dependencies)) as Answer;
  } catch (error) {
    if (!isSecret || !pulumi.RunError.isInstance(error)) throw error;
    const originalText = originalTextOf(error);
    const redacted = redactValues(originalText, query);
    throw redacted === originalText ? error : lookupError(redacted);
  } finally {
    releaseKeepAlive();
  }
}

/** @throws pulumi.RunError with all mistakes, if there are any. */
function throwIfMistakes(name: LookupName, args: unknown, found: readonly Mistake[], isSecret = false): void {
  const mistakes = isSecret ? found.map(withoutValue) : found;
  const [first, ...rest] = mistakes;
  if (!first) return;
  const headline = `${pluralize(mistakes.length, "mistake")} in the arguments; nothing was sent.`;
  const text = rest.length === 0 ? formatMistake(first) : [headline, ...formatMistakes(mistakes)].join("\n");
  if (!isSecret) throw lookupError(`${callLabel(name, args)}: ${text}`);
  throw lookupError(`cja.${name}([secret]): ${redactValues(text, args ?? {})}`);
}

/** The resources that an output comes from, which Pulumi's own functions that take outputs look at, too. */
async function resourcesOf(output: pulumi.Output<unknown>): Promise<readonly pulumi.Resource[]> {
  const { allResources } = output as { readonly allResources?: () => Promise<ReadonlySet<pulumi.Resource>> };
  return allResources ? [...(await allResources())] : [];
}
