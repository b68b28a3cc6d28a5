/** What the engine does with a provider: checks one at a time, and writes and reads of several resources side by side. */
import type { Properties, ResourceCalls } from "../../test/provider-process/resource-calls";

/** A resource in state. */
export interface Kept {
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
}

/** As many steps as the engine takes at a time on two cores. */
const SIDE_BY_SIDE = 8;

/** `up` without a preview. @param state what is there already, in the order of what is wanted */
export async function up(
  calls: ResourceCalls,
  wanted: readonly Properties[],
  state: readonly Kept[] = [],
): Promise<Kept[]> {
  const pool = new Pool(SIDE_BY_SIDE);
  const after: Promise<Kept>[] = [];
  for (const [i, news] of wanted.entries()) {
    const old = state[i];
    const inputs = await checked(calls, news, old);
    const changes = old && (await calls.diff({ id: old.id, olds: old.outputs, news: inputs })).changes;
    if (old && changes === "none") after.push(Promise.resolve({ ...old, inputs }));
    else after.push(pool.run(() => written(calls, inputs, old)));
  }
  return Promise.all(after);
}

export async function preview(calls: ResourceCalls, wanted: readonly Properties[], state: readonly Kept[]) {
  for (const [i, news] of wanted.entries()) {
    const old = state[i];
    const inputs = await checked(calls, news, old);
    if (old) await calls.diff({ id: old.id, olds: old.outputs, news: inputs });
  }
}

export async function refresh(calls: ResourceCalls, state: readonly Kept[]): Promise<Kept[]> {
  const pool = new Pool(SIDE_BY_SIDE);
  const readings = state.map((kept) =>
    pool.run(async () => {
      const { id, props, inputs } = await calls.read(kept.id, kept.outputs);
      if (id === "") throw new Error(`${kept.id} is gone`);
      return { id, inputs, outputs: props };
    }),
  );
  return Promise.all(readings);
}

export async function destroy(calls: ResourceCalls, state: readonly Kept[]): Promise<void> {
  const pool = new Pool(SIDE_BY_SIDE);
  await Promise.all(state.toReversed().map(({ id, outputs }) => pool.run(() => calls.delete(id, outputs))));
}

async function checked(calls: ResourceCalls, news: Properties, old: Kept | undefined): Promise<Properties> {
  const { inputs, failures } = await calls.check({ news, ...(old && { olds: old.inputs }) });
  if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join("\n"));
  return inputs;
}

async function written(calls: ResourceCalls, inputs: Properties, old: Kept | undefined): Promise<Kept> {
  if (!old) {
    const { id, outs } = await calls.create(inputs);
    return { id, inputs, outputs: outs };
  }
  const { outs } = await calls.update({ id: old.id, olds: old.outputs, news: inputs });
  return { id: old.id, inputs, outputs: outs };
}

/** Runs so many tasks at a time. */
class Pool {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly size: number) {}

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.turn()
      .then(task)
      .finally(() => this.next());
    // Who began it looks at the result later, when it may have failed long ago.
    result.catch(() => undefined);
    return result;
  }

  private async turn(): Promise<void> {
    if (this.running >= this.size) await new Promise<void>((start) => this.waiting.push(start));
    else this.running += 1;
  }

  private next(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.running -= 1;
  }
}
