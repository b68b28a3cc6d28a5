/**
 * What the engine does with a program, without the engine: it asks in the engine's order, one process of the provider for each operation,
 * and keeps a state. Where the engine itself matters (its lock, its text, its own options), tests run `pulumi`.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { UNKNOWN } from "../../../model/is-unknown";
import { ProviderError } from "../../provider-process/provider-error";
import type { Properties } from "../../provider-process/resource-calls";
import type { ResourceClass } from "../programs";
import { openDoor, type DoorName, type Opened, type Plan, type Resource } from "./door";

/** In arguments: the ID of another resource, which a preview may not know. */
export const idOf = (name: string) => ({ "the ID of": name });

/** In arguments: a text with such IDs in it, as `pulumi.interpolate` makes it. */
export const textWith = (...parts: readonly (string | ReturnType<typeof idOf>)[]) => ({ "the text of": parts });

/** Resources by name. A resource may name others before it in the program. */
export type Program = Readonly<Record<string, readonly [ResourceClass, object]>>;

export type Operation = "preview" | "up" | "refresh" | "destroy";

export interface Kept {
  readonly kind: ResourceClass;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** Its creation, or its last update, was not completed. */
  readonly failed?: boolean;
}

/** What an operation did, by names of resources. */
export interface Ran {
  /** `create`, `update`, `replace`, `same`, `delete`, `gone` (a refresh did not find it). */
  readonly steps: Record<string, string>;
  /** What reviewers see of a difference, where the provider names its places. */
  readonly paths: Record<string, Plan["paths"]>;
  /** What a preview knows of outputs, where the provider says so. */
  readonly planned: Record<string, Properties>;
  readonly failures: Record<string, string>;
  readonly printed: readonly string[];
}

export interface RunOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly config?: Readonly<Record<string, string>>;
  readonly taint?: readonly string[];
}

type Step = "create" | "update" | "replace" | "same";

export class DoorStack {
  readonly state = new Map<string, Kept>();
  private readonly stateHome = mkdtempSync(join(tmpdir(), "pulumi-cja-doors-"));
  private opened: Opened | undefined;

  constructor(
    readonly door: DoorName,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /**
   * @param taint resources to be replaced, whatever differs
   * @param settings for this operation
   * @param config the stack's
   */
  async run(
    operation: Operation,
    program: Program,
    { settings = {}, config = {}, taint = [] }: RunOptions = {},
  ): Promise<Ran> {
    const environment = { ...this.environment, ...settings };
    const opened = await openDoor[this.door]({ environment, config, stateHome: this.stateHome });
    this.opened = opened;
    const ran = { steps: {}, paths: {}, planned: {}, failures: {}, printed: [] } as Ran & { printed: string[] };
    try {
      if (operation === "refresh") await this.refresh(opened, ran);
      else if (operation === "destroy") await this.remove(opened, ran, this.kept());
      else await new Deployment(this.state, opened, ran, operation === "preview", taint).carryOut(program);
      if (operation === "up" && Object.keys(ran.failures).length === 0) {
        await this.remove(
          opened,
          ran,
          this.kept().filter(([name]) => !Object.hasOwn(program, name)),
        );
      }
    } finally {
      await opened.stop();
      ran.printed.push(...opened.stderr);
    }
    return ran;
  }

  /** What the process of the operation that is under way has printed so far. */
  get printed(): readonly string[] {
    return this.opened?.stderr ?? [];
  }

  /** Ends the process of the operation that is under way, as a power cut would. */
  async kill(): Promise<void> {
    await this.opened?.kill();
  }

  dispose(): void {
    rmSync(this.stateHome, { recursive: true, force: true });
  }

  /** In the order of names: in which order steps end is chance. */
  private kept(): [string, Kept][] {
    return [...this.state].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  private async refresh(opened: Opened, { steps, failures }: Ran): Promise<void> {
    await all(this.kept(), failures, async (name, { kind, id, outputs, inputs }) => {
      const read = await opened.resource(kind, name).read(id, outputs, inputs);
      if (read.id === "") this.state.delete(name);
      else this.state.set(name, { kind, id, inputs: read.inputs, outputs: read.props });
      const same = isDeepStrictEqual([read.inputs, read.props], [inputs, outputs]);
      steps[name] = read.id === "" ? "gone" : same ? "same" : "update";
    });
  }

  private async remove(opened: Opened, { steps, failures }: Ran, gone: [string, Kept][]): Promise<void> {
    await all(gone, failures, async (name, { kind, id, outputs }) => {
      await opened.resource(kind, name).delete(id, outputs);
      this.state.delete(name);
      steps[name] = "delete";
    });
  }
}

/** One pass through a program. */
class Deployment {
  private readonly done = new Map<string, Promise<unknown>>();
  private readonly replaced: [string, Kept][] = [];

  constructor(
    private readonly state: Map<string, Kept>,
    private readonly opened: Opened,
    private readonly ran: Ran,
    private readonly isPreview: boolean,
    private readonly taint: readonly string[],
  ) {}

  async carryOut(program: Program): Promise<void> {
    const { failures } = this.ran;
    for (const [name, [kind, args]] of Object.entries(program)) {
      const given = (await this.known(args)) as Properties;
      const resource = this.opened.resource(kind, name);
      const before = this.state.get(name);
      try {
        const { inputs, mistakes } = await resource.check(before?.inputs ?? {}, given);
        if (mistakes.length > 0) {
          failures[name] = mistakes.join("\n");
          continue;
        }
        const plan = before && (await resource.diff(before.id, before.outputs, inputs));
        const step = this.stepOf(name, before, inputs, plan);
        // The arguments of a replacement are checked anew, without the old ones.
        const again = step === "replace" ? await resource.check({}, inputs) : { inputs, mistakes: [] };
        if (again.mistakes.length > 0) {
          failures[name] = again.mistakes.join("\n");
          continue;
        }
        this.ran.steps[name] = step;
        if (plan && Object.keys(plan.paths).length > 0) this.ran.paths[name] = plan.paths;
        const carryOut = this.isPreview
          ? this.plan(resource, name, step, again.inputs, before)
          : this.carryOutStep(resource, kind, name, step, again.inputs, before, plan);
        // Steps run side by side; what is wrong in one is kept beside the others.
        this.done.set(
          name,
          carryOut.catch((error: unknown) => this.fail(name, kind, inputs, error)),
        );
      } catch (error) {
        failures[name] = messageOf(error);
      }
    }
    await Promise.all(this.done.values());
    await all(this.replaced, failures, (name, { kind, id, outputs }) =>
      this.opened.resource(kind, name).delete(id, outputs),
    );
  }

  private stepOf(name: string, before: Kept | undefined, inputs: Properties, plan: Plan | undefined): Step {
    if (!before || !plan) return "create";
    if (plan.replaces.length > 0 || this.taint.includes(name)) return "replace";
    if (plan.changes === "some" || before.failed === true) return "update";
    return plan.changes === "none" || isDeepStrictEqual(before.inputs, inputs) ? "same" : "update";
  }

  private async plan(resource: Resource, name: string, step: Step, inputs: Properties, before: Kept | undefined) {
    if (step === "same") return;
    const planned = await resource.planned(inputs, step === "update" ? before : undefined);
    if (planned) this.ran.planned[name] = planned;
  }

  private async carryOutStep(
    resource: Resource,
    kind: ResourceClass,
    name: string,
    step: Step,
    inputs: Properties,
    before: Kept | undefined,
    plan: Plan | undefined,
  ): Promise<void> {
    if (step === "same" && before) {
      this.state.set(name, { ...before, inputs });
    } else if (step === "update" && before) {
      const { outs } = await resource.update(before.id, before.outputs, inputs);
      this.state.set(name, { kind, id: before.id, inputs, outputs: outs });
    } else {
      if (before && plan?.deleteBeforeReplace === true) {
        await resource.delete(before.id, before.outputs);
        this.state.delete(name);
      } else if (before) {
        this.replaced.push([name, before]);
      }
      const { id, outs } = await resource.create(inputs);
      this.state.set(name, { kind, id, inputs, outputs: outs });
    }
  }

  /** Something may exist all the same: then the engine keeps it. */
  private fail(name: string, kind: ResourceClass, inputs: Properties, error: unknown): void {
    this.ran.failures[name] = messageOf(error);
    const started = error instanceof ProviderError ? error.started : undefined;
    if (started) this.state.set(name, { kind, id: started.id, inputs, outputs: started.properties, failed: true });
    const at = this.replaced.findIndex(([replaced]) => replaced === name);
    if (at >= 0 && !started) this.replaced.splice(at, 1);
  }

  /** Arguments with the IDs of what was made before. */
  private async known(value: unknown): Promise<unknown> {
    if (Array.isArray(value)) return Promise.all(value.map((one) => this.known(one)));
    if (typeof value !== "object" || value === null) return value;
    if ("the ID of" in value) {
      const name = String(value["the ID of"]);
      await this.done.get(name);
      const isNew = ["create", "replace"].includes(this.ran.steps[name] ?? "");
      return this.isPreview && isNew ? UNKNOWN : this.state.get(name)?.id;
    }
    if ("the text of" in value) {
      const parts = (await this.known(value["the text of"])) as readonly string[];
      return parts.includes(UNKNOWN) ? UNKNOWN : parts.join("");
    }
    const entries = Object.entries(value).map(async ([key, inner]) => [key, await this.known(inner)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }
}

async function all(
  resources: readonly [string, Kept][],
  failures: Record<string, string>,
  work: (name: string, kept: Kept) => Promise<void>,
): Promise<void> {
  await Promise.all(
    resources.map(([name, kept]) =>
      work(name, kept).catch((error: unknown) => void (failures[name] = messageOf(error))),
    ),
  );
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
