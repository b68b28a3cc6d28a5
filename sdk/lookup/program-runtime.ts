import * as pulumi from "@pulumi/pulumi";
import { withoutNullish } from "../../definition/json/value";
import { sortedBy } from "../../definition/sorted";
import type { LookupName, LookupQuery } from "../../model/lookup-arguments";
import { warningIn } from "../../model/notices";
import type { Lookups, OpenLookups } from "../../provider/lookups";
import { lookupError } from "./lookup-error";

/** What programs see of what is given. Pulumi lifts `length` out of an output for `T[]` only, and nothing out of `T | undefined`. */
export type Given<Name extends LookupName> = Awaited<ReturnType<Lookups[Name]>>;

/** What one program looks up: its settings and clients, and what it has asked already. */
export class ProgramRuntime {
  private readonly answers = new Map<string, Promise<unknown>>();
  private readonly failures = new Map<string, pulumi.RunError>();
  private readonly numbers = new Map<pulumi.Resource, number>();
  private readonly open: () => OpenLookups;

  /** @param open called when the first lookup is asked. */
  constructor(open: () => OpenLookups) {
    let opened: OpenLookups | undefined;
    this.open = () => (opened ??= open());
  }

  /**
   * Asks once for equal lookups.
   *
   * @param label what an error begins with.
   * @param after what has to exist before: what was asked earlier is no answer then.
   * @throws pulumi.RunError
   */
  ask<Name extends LookupName>(
    name: Name,
    query: LookupQuery<Name>,
    label: string,
    after: readonly pulumi.Resource[] = [],
  ): Promise<Given<Name>> {
    const entries = sortedBy(Object.entries(withoutNullish(query)), ([key]) => key);
    const key = JSON.stringify([name, entries, after.map((resource) => this.numberOf(resource))]);
    const known = this.answers.get(key);
    if (known) return known as Promise<Given<Name>>;
    const answer = this.answer(name, query, label);
    this.answers.set(key, answer);
    // What failed may be asked again.
    answer.catch(() => this.answers.delete(key));
    return answer as Promise<Given<Name>>;
  }

  /** What no message of any lookup may show: the texts of what a program looks up by secrets. */
  keepSecret(query: object): void {
    for (const value of Object.values(query).flat()) if (typeof value === "string") this.open().keepSecret(value);
  }

  private async answer<Name extends LookupName>(name: Name, query: LookupQuery<Name>, label: string) {
    const { lookups, toLookupFailure } = this.open();
    const ask = lookups[name] as (of: typeof query) => Promise<unknown>;
    try {
      return await ask(query);
    } catch (thrown) {
      const { text, affectsAllLookups } = toLookupFailure(thrown);
      const error = (affectsAllLookups ? this.failures.get(text) : undefined) ?? lookupError(`${label}: ${text}`);
      // The host prints an error object once: what fails every lookup is told by the first.
      if (affectsAllLookups) this.failures.set(text, error);
      throw error;
    }
  }

  private numberOf(resource: pulumi.Resource): number {
    const number = this.numbers.get(resource) ?? this.numbers.size;
    this.numbers.set(resource, number);
    return number;
  }
}

const runtimes = new WeakMap<object, ProgramRuntime>();

/**
 * The runtime of the program that runs now. The Automation API runs several in one process, each with a stack and a config of
 * its own.
 */
export function programRuntime(): ProgramRuntime {
  const program = pulumi.runtime.getStackResource();
  const known = program && runtimes.get(program);
  if (known) return known;
  const config = { ...pulumi.runtime.allConfig() };
  const runtime = new ProgramRuntime(() => opened(config));
  if (program) runtimes.set(program, runtime);
  return runtime;
}

function opened(config: Readonly<Record<string, string>>): OpenLookups {
  // Only here: the clients are most of what this package has, and a program without lookups shall not pay for loading them.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const provider = require("../../provider/lookups") as typeof import("../../provider/lookups");
  return provider.openLookups(config, process.env, print);
}

/** Shown with the stack, as what the provider's process writes. */
function print(line: string): void {
  const warning = warningIn(line);
  if (warning === undefined) void pulumi.log.info(line);
  else void pulumi.log.warn(warning);
}
