import { StartedButFailedError, type Values } from "../../provider/lifecycle";
import type { Provider } from "./stage";

/** What the engine has in state of a resource. */
interface Kept {
  readonly id: string;
  readonly inputs: Values;
  readonly outputs: Values;
  /** It exists, but its last command has failed: the next one asks for an update even where nothing differs. */
  readonly failed: boolean;
}

/** One resource of a stack, as Pulumi's engine treats it: which methods it calls, in which order, and what it keeps. */
export class Resource {
  kept: Kept | undefined;

  constructor(private readonly kind: keyof Provider) {}

  get id(): string {
    return this.kept?.id ?? "";
  }

  /** The same in another engine's memory. */
  copy(): Resource {
    const copy = new Resource(this.kind);
    copy.kept = this.kept;
    return copy;
  }

  /** `pulumi up`: check and diff, then what the difference asks for. What fails leaves the state as it was. */
  async up(provider: Provider, wish: Values): Promise<void> {
    const life = provider[this.kind];
    const { inputs, mistakes } = await life.check(this.kept?.inputs ?? {}, wish);
    if (mistakes.length > 0) throw new Error(`The check found mistakes: ${JSON.stringify(mistakes)}`);
    const { kept } = this;
    if (!kept) {
      const { id, state } = await this.orKept(inputs, life.create(inputs));
      this.keep(id, inputs, state);
      return;
    }
    const diff = await life.diff(kept.id, kept.outputs, inputs);
    if (diff.kind === "replace") throw new Error(`A replacement was not asked for: ${diff.replaces.join(", ")}`);
    const outputs =
      diff.kind === "same" && !kept.failed
        ? kept.outputs
        : await this.orKept(inputs, life.update(kept.id, kept.outputs, inputs));
    this.keep(kept.id, inputs, outputs);
  }

  /** `pulumi refresh`: what is not there any more is forgotten. */
  async refresh(provider: Provider): Promise<void> {
    if (!this.kept) return;
    const { id, failed } = this.kept;
    const read = await provider[this.kind].read(id, this.kept.outputs);
    if (read) this.keep(id, read.inputs, read.state, failed);
    else this.kept = undefined;
  }

  /** `pulumi destroy`. */
  async destroy(provider: Provider): Promise<void> {
    if (!this.kept) return;
    await provider[this.kind].delete(this.kept.id, this.kept.outputs);
    this.kept = undefined;
  }

  keep(id: string, inputs: Values, outputs: Values, failed = false): void {
    // As the engine's protocol carries it.
    this.kept = JSON.parse(JSON.stringify({ id, inputs, outputs, failed })) as Kept;
  }

  /** Something that was started and failed stays in state. */
  private async orKept<T>(inputs: Values, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (error instanceof StartedButFailedError) this.keep(error.id, inputs, error.state, true);
      throw error;
    }
  }
}
