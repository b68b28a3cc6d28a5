import * as pulumi from "@pulumi/pulumi";
import { withoutNullish } from "../../definition/json/value";
import { sortedBy } from "../../definition/sorted";
import type { LookupName, LookupQuery } from "../../model/lookup-arguments";
import { parseWarningLine } from "../../model/notices";
import type { Lookups, OpenLookups } from "../../provider/lookups";
import { lookupError } from "./lookup-error";

/** What programs see of what is given. Pulumi lifts `length` out of an output for `T[]` only, and nothing out of `T | undefined`. */
export type LookupResult<Name extends LookupName> = Awaited<ReturnType<Lookups[Name]>>;

/** What one program looks up: its settings and clients, and what it has asked already. */
export class ProgramRuntime {
  private readonly answers = new Map<string, Promise<unknown>>();
  private readonly failures = new Map<string, pulumi.RunError>();
  private readonly resourceNumbers = new Map<pulumi.Resource, number>();
  private readonly getLookups: () => OpenLookups;

  /** @param openLookups called when the first lookup is asked. */
  constructor(openLookups: () => OpenLookups) {
    let openedLookups: OpenLookups | undefined;
    this.getLookups = () => (openedLookups ??= openLookups());
  }

  /**
   * Asks once for equal lookups.
   *
   * @param label what an error begins with.
   * @param dependencies what has to exist before: what was asked earlier is no answer then.
   * @throws pulumi.RunError
   */
  lookup<Name extends LookupName>(
    name: Name,
    query: LookupQuery<Name>,
    label: string,
    dependencies: readonly pulumi.Resource[] = [],
  ): Promise<LookupResult<Name>> {
    const entries = sortedBy(Object.entries(withoutNullish(query)), ([key]) => key);
    const key = JSON.stringify([name, entries, dependencies.map((resource) => this.numberOf(resource))]);
    const existing = this.answers.get(key);
    if (existing) return existing as Promise<LookupResult<Name>>;
    const answer = this.runLookup(name, query, label);
    this.answers.set(key, answer);
    // What failed may be asked again.
    answer.catch(() => this.answers.delete(key));
    return answer as Promise<LookupResult<Name>>;
  }

  /** What no message of any lookup may show: the texts of what a program looks up by secrets. */
  addSecrets(query: object): void {
    for (const value of Object.values(query).flat()) if (typeof value === "string") this.getLookups().keepSecret(value);
  }

  private async runLookup<Name extends LookupName>(name: Name, query: LookupQuery<Name>, label: string) {
    const { lookups, toLookupFailure } = this.getLookups();
    const runQuery = lookups[name] as (of: typeof query) => Promise<unknown>;
    try {
      return await runQuery(query);
    } catch (thrown) {
      const { text, affectsAllLookups } = toLookupFailure(thrown);
      const error = (affectsAllLookups ? this.failures.get(text) : undefined) ?? lookupError(`${label}: ${text}`);
      // The host prints an error object once: so lookups that fail for the same reason share one.
      if (affectsAllLookups) this.failures.set(text, error);
      throw error;
    }
  }

  private numberOf(resource: pulumi.Resource): number {
    const resourceNumber = this.resourceNumbers.get(resource) ?? this.resourceNumbers.size;
    this.resourceNumbers.set(resource, resourceNumber);
    return resourceNumber;
  }
}

const runtimes = new WeakMap<object, ProgramRuntime>();

/**
 * The runtime of the program that runs now. The Automation API runs several in one process, each with a stack and a config of
 * its own.
 */
export function programRuntime(): ProgramRuntime {
  const program = pulumi.runtime.getStackResource();
  const existing = program && runtimes.get(program);
  if (existing) return existing;
  const config = { ...pulumi.runtime.allConfig() };
  const runtime = new ProgramRuntime(() => openLookups(config));
  if (program) runtimes.set(program, runtime);
  return runtime;
}

function openLookups(config: Readonly<Record<string, string>>): OpenLookups {
  // Only here: the clients are most of what this package has, and a program without lookups shall not pay for loading them.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const provider = require("../../provider/lookups") as typeof import("../../provider/lookups");
  return provider.openLookups(config, process.env, print);
}

/** Shown with the stack, as what the provider's process writes. */
function print(line: string): void {
  const warning = parseWarningLine(line);
  if (warning === undefined) void pulumi.log.info(line);
  else void pulumi.log.warn(warning);
}
