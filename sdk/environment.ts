import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { EnvironmentIds } from "../model/environment/environment-ids";
import { withPrefix, KINDS, type IdMaps, type Kind } from "../model/environment/kinds";
import { formatFileMistake } from "../model/environment/mistake";
import { logicalName, renameReferences } from "../model/environment/references";
import { resolveEnvironments } from "../model/environment/resolve";
import { isObject } from "../definition/json/value";
import { nearestWord } from "../definition/parse/nearest-word";
import type { Mistake } from "../model";
import { programCheck, type ProgramCheck } from "./program-check";

/** Where the IDs of an environment come from. */
export interface EnvironmentOptions {
  /** The file, relative to the program's folder. Default `environments.yaml`. */
  readonly file?: string | undefined;
  /** The environment in it. Default: the name of the stack. */
  readonly name?: string | undefined;
}

/** The IDs of one environment by logical names, as a program can give them itself. */
export type EnvironmentArgs = { readonly [Of in Kind]?: Readonly<Record<string, string>> | undefined };

const FILE = "environments.yaml";

/**
 * The IDs that differ between environments, by names that do not: one program, one stack for each environment.
 *
 * The IDs come from the stack's config (`cja:environment`, an object with the kinds below) or, if that is not set, from
 * `environments.yaml` beside the program, where environments have names and can extend each other:
 *
 * ```yaml
 * base:
 *   dimensions: { product: variables/web.product }
 * dev:
 *   extends: base
 *   dataViews: { web: dv_dev }
 * prod:
 *   extends: base
 *   dataViews: { web: dv_prod }
 * ```
 *
 * Kinds: `dataViews`, `dimensions`, `metrics`, `dateRanges`, `audiences` (for jobs, and inside expressions), `sandboxes`, `mergePolicies` and
 * `schemas` (by the names that they have in the sandbox), `users` and `groups` (with whom segments are shared: another organisation has
 * other IDs).
 *
 * Errors: the preview reports names that are not defined, and IDs of another environment, together with all other mistakes of the
 * program, before it sends anything: for a name the file and line to add it at, for an ID what the same name stands for here. IDs inside of
 * outputs are reported once these are known, and at the latest before `up` sends the resource.
 *
 * @example
 * ```ts
 * const env = cja.Environment.load();
 * new cja.Segment("buyers", {
 *   name: "Buyers",
 *   dataViewId: env.dataView("web"),
 *   definition: segment(visits(dimension(env.dimension("product")).exists())),
 * });
 * ```
 */
export class Environment {
  private readonly check: ProgramCheck = programCheck();

  /** The name of the environment. */
  get name(): string {
    return this.ids.name;
  }

  private constructor(
    private readonly ids: EnvironmentIds,
    /** Where a missing name belongs: `environments.yaml:7`. */
    private readonly sourceOf: (kind: Kind) => string,
    private readonly isRefused = false,
  ) {
    this.check.foreignIdCheck = { foreignIdMistake: (kind, id) => this.foreignIdMistake(kind, id) };
  }

  /** The environment of the current stack, from its config or from `environments.yaml`. */
  static load({ file = FILE, name = pulumi.getStack() }: EnvironmentOptions = {}): Environment {
    const configured = new pulumi.Config("cja").getObject<unknown>("environment") as EnvironmentArgs | undefined;
    const source = `Pulumi.${pulumi.getStack()}.yaml, cja:environment`;
    if (configured !== undefined) {
      const mistakes = findArgsMistakes(configured, source);
      return mistakes.length > 0 ? createRefusedEnvironment(name, mistakes) : Environment.of(configured, name, source);
    }
    const path = resolve(file);
    const refuse = (mistakes: readonly string[]) => createRefusedEnvironment(name, mistakes);
    if (!existsSync(path))
      return refuse([`there is no ${path}, and no cja:environment in the stack's config: add one of the two`]);
    // Only here: the YAML library is a third of what loading this package takes, and most programs read no such file.
    type FileModule = typeof import("../model/environment/environment-file");
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const module = require("../model/environment/environment-file") as FileModule;
    const { environments, mistakes } = resolveEnvironments(module.readEnvironmentFile(readFileSync(path, "utf8")));
    if (mistakes.length > 0) return refuse(mistakes.map((mistake) => formatFileMistake(file, mistake)));
    const resolved = environments.get(name);
    if (!resolved) {
      const known = [...environments.keys()].join(", ");
      return refuse([`${file} has no environment ${JSON.stringify(name)}; it has ${known}`]);
    }
    const ids = new EnvironmentIds(name, resolved.ids, [...environments.values()]);
    return new Environment(ids, (kind) => `${file}:${resolved.lineOf(kind)}`);
  }

  /** An environment with IDs that the program gives. */
  static of(args: EnvironmentArgs, name = pulumi.getStack(), source = "the program"): Environment {
    return new Environment(new EnvironmentIds(name, toIdMaps(args)), (kind) => `${source}, ${kind}`);
  }

  /** @internal One that is refused: whatever is asked of it is answered, and said nothing of. */
  static refusedWith(name: string): Environment {
    return new Environment(new EnvironmentIds(name, toIdMaps({})), () => "", true);
  }

  /** The ID of a data view. */
  dataView(name: string): string {
    return this.idOf("dataViews", name);
  }
  /** The ID of a dimension as definitions have it, `variables/…`; the builder takes it, too. */
  dimension(name: string): string {
    return this.idOf("dimensions", name);
  }
  /** The ID of a metric as definitions have it, `metrics/…`; the builder takes it, too. */
  metric(name: string): string {
    return this.idOf("metrics", name);
  }
  /** The ID of a date range. */
  dateRange(name: string): string {
    return this.idOf("dateRanges", name);
  }
  /** The ID of an audience of Experience Platform, for jobs and inside the expression of another audience. */
  audience(name: string): string {
    return this.idOf("audiences", name);
  }
  /** The name of a sandbox. */
  sandbox(name: string): string {
    return this.idOf("sandboxes", name);
  }
  /** The name that a merge policy has in this environment's sandbox, as `mergePolicy` of an audience takes it. */
  mergePolicy(name: string): string {
    return this.idOf("mergePolicies", name);
  }
  /** The name of the XDM schema, as `schemaName` of an audience takes it. */
  schema(name: string): string {
    return this.idOf("schemas", name);
  }
  /** The ID of a user with whom segments are shared. */
  user(name: string): string {
    return this.idOf("users", name);
  }
  /** The ID of a group with which segments are shared. */
  group(name: string): string {
    return this.idOf("groups", name);
  }

  /**
   * A value for one environment only, such as the ID of a segment that exists there; undefined in all others.
   *
   * @example adoptId: env.only("dev", "s300000022_5bb7c94e80f0073611afb35c")
   */
  only<T>(environment: string, value: T): T | undefined {
    return environment === this.ids.name ? value : undefined;
  }

  /**
   * Replaces logical names in a definition, such as `variables/{product}`, with the IDs of this environment. It leaves the values
   * that conditions compare with alone. In an audience's expression it replaces names such as `inSegment("{buyers}")`, in a list of
   * shares names such as `{analysts}`.
   *
   * @example shares: env.rebind([{ to: "group", id: "{analysts}" }])
   */
  rebind<T>(definition: T): T {
    return renameReferences(definition, ({ kind, text }) => {
      const name = logicalName(text);
      return name === undefined ? undefined : this.idOf(kind, name);
    }) as T;
  }

  private idOf(kind: Kind, name: string): string {
    const id = this.ids.idOf(kind, name);
    // What is wrong with all of it has been said: that each name is missing, too, would bury it.
    if (id !== undefined || this.isRefused) return id ?? withPrefix(kind, `unmapped-${name}`);
    const suggestion = nearestWord(name, this.ids.namesOf(kind));
    const hint = suggestion === undefined ? "" : `; did you mean ${JSON.stringify(suggestion)}?`;
    this.report({
      path: `${kind}.${name}`,
      message: `${JSON.stringify(name)} is not defined in ${this.ids.name}: add it to ${this.sourceOf(kind)}${hint}`,
    });
    return withPrefix(kind, `unmapped-${name}`);
  }

  private foreignIdMistake(kind: Kind, id: string): string | undefined {
    const foreignId = this.ids.findForeign(kind, id);
    if (!foreignId) return undefined;
    const hint = foreignId.idHere === undefined ? "" : `; use ${JSON.stringify(foreignId.idHere)}`;
    return `found ${JSON.stringify(id)}, which is ${JSON.stringify(foreignId.name)} of ${foreignId.environment}, not of ${this.ids.name}${hint}`;
  }

  private report(mistake: Mistake): void {
    void this.check.report(`cja.Environment ${JSON.stringify(this.ids.name)}`, [mistake]);
  }
}

/** The same as `env.rebind(definition)`, `env.rebind(expression)` and `env.rebind(shares)`. */
export const rebind = <T>(definition: T, env: Environment): T => env.rebind(definition);

function createRefusedEnvironment(name: string, messages: readonly string[]): Environment {
  const mistakes = messages.map((message) => ({ path: "", message }));
  void programCheck().report(`cja.Environment ${JSON.stringify(name)}`, mistakes);
  return Environment.refusedWith(name);
}

/** What is wrong in IDs that come from no file. */
function findArgsMistakes(args: unknown, source: string): string[] {
  const known: readonly string[] = KINDS;
  if (!isObject(args)) return [`${source}: expected an object with ${known.join(", ")}`];
  return Object.entries(args).flatMap(([kind, ids]) => {
    if (!known.includes(kind)) {
      const suggestion = nearestWord(kind, known);
      return [
        `${source}: there is no ${JSON.stringify(kind)}; ${suggestion === undefined ? `it can have ${known.join(", ")}` : `did you mean ${JSON.stringify(suggestion)}?`}`,
      ];
    }
    if (!isObject(ids)) return [`${source}.${kind}: expected IDs by name`];
    return Object.entries(ids)
      .filter(([, id]) => typeof id !== "string" || id === "")
      .map(([name]) => `${source}.${kind}.${name}: expected the ID as a string`);
  });
}

const toIdMaps = (args: EnvironmentArgs): IdMaps =>
  Object.fromEntries(
    KINDS.map((kind) => [
      kind,
      new Map(Object.entries(args[kind] ?? {}).map(([name, id]) => [name, withPrefix(kind, String(id))])),
    ]),
  ) as unknown as IdMaps;

/** The kinds of an environment. */
export type EnvironmentKind = Kind;
