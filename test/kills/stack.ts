import type { Values } from "../../provider/lifecycle";
import { lifecycleOf } from "../faults/host";
import { Resource } from "../faults/resource";
import type { Provider } from "../faults/stage";
import type { ProviderProcess } from "../provider-process/provider-process";

/** What a stack's program says, by the resource's name. */
export type Program = ReadonlyMap<string, Wish>;

export interface Wish {
  readonly kind: keyof Provider;
  readonly inputs: Values;
}

/** The engine of one `up`: what it hears after its death is in no state. */
export interface Engine {
  alive: boolean;
}

/** A stack, and its state as the engine keeps it: from each answer that it hears. */
export class Stack {
  private readonly state = new Map<string, Resource>();
  /** All that was ever in the state. */
  readonly everHeld = new Set<string>();

  constructor(
    readonly name: string,
    readonly home: number,
  ) {}

  /** The IDs in the state, by the name of the resource. */
  get held(): ReadonlyMap<string, string> {
    return new Map([...this.state].map(([name, { id }]) => [name, id]));
  }

  /** `pulumi up`: all that differs side by side, and deletions last. @throws what was answered first instead of a result. */
  async up(process: ProviderProcess, program: Program, engine: Engine): Promise<void> {
    const { segment, job, audience } = process;
    const provider: Provider = {
      segment: lifecycleOf(segment),
      job: lifecycleOf(job),
      audience: lifecycleOf(audience),
    };
    await all(
      [...program].map(([name, { kind, inputs }]) =>
        this.step(name, kind, engine, (resource) =>
          resource.up(provider, { ...inputs, __resource: { urn: this.urnOf(name, kind) } }),
        ),
      ),
    );
    const left = [...this.state].filter(([name]) => !program.has(name));
    await all(left.map(([name]) => this.step(name, "segment", engine, (resource) => resource.destroy(provider))));
  }

  private urnOf(name: string, kind: keyof Provider): string {
    const type = { segment: "Segment", job: "SegmentJob", audience: "Audience" }[kind];
    return `urn:pulumi:${this.name}::kills::pulumi-nodejs:dynamic/cja:${type}::${name}`;
  }

  private async step(
    name: string,
    kind: keyof Provider,
    engine: Engine,
    work: (resource: Resource) => Promise<void>,
  ): Promise<void> {
    const before = this.state.get(name);
    const resource = before?.copy() ?? new Resource(kind);
    await work(resource);
    if (!engine.alive) return;
    if (!resource.kept) return void this.state.delete(name);
    this.state.set(name, resource);
    this.everHeld.add(resource.id);
  }
}

/** Waits for all, and only then fails. */
async function all(work: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === "rejected") throw result.reason;
}
