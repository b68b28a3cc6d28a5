import { z } from "zod";
import type { Clock } from "../clock";
import type { Records, StoredRecord } from "../state/record-store";
import type { ProgramResource } from "../program-resource";

/** A resource of a stack that has a segment in its state. */
export interface Holder {
  /** `holderId` in its state, which a rename and `pulumi state move` keep; its URN where an earlier version wrote the state. */
  readonly key: string;
  readonly urn: string;
  /** `project/stack`. */
  readonly stack: string;
  /** `cja.Segment "mobile"`. */
  readonly label: string;
  /** When a run saw it last, in milliseconds since 1970. */
  readonly seen: number;
  /** Its user has said that it lets the segment go: it neither deletes it nor keeps others from it. */
  readonly letsGo?: boolean;
  /** The record of the creation that it has it from, until a run sees it in a state. */
  readonly madeFor?: string;
}

const content: z.ZodType<Holder[]> = z.array(
  z.object({
    key: z.string(),
    urn: z.string(),
    stack: z.string(),
    label: z.string(),
    seen: z.number(),
    letsGo: z.boolean().exactOptional(),
    madeFor: z.string().exactOptional(),
  }),
);

/** What stacks that nobody has run for so long have is not remembered. */
export const HOLDERS_KEPT_MS = 400 * 86_400_000;
/** What is seen again is written again after this time, not in each run. */
const FRESH_MS = 30 * 86_400_000;

/** What becomes of a segment when one that holds it goes. `keep`: another resource has it. `refuse`: it is not known who lets go. */
export type Leaving =
  | { readonly kind: "delete" }
  | { readonly kind: "keep" | "refuse"; readonly others: readonly Holder[]; readonly self?: Holder };

/**
 * Decides whether a resource may delete what others may have, too.
 *
 * @param key `holderId` in the resource's state; the engine does not tell which resource it deletes
 */
export function leaving(holders: readonly Holder[], key: string | undefined): Leaving {
  const self = ownOf(holders, key);
  const others = holders.filter((holder) => holder !== self && holder.letsGo !== true);
  if (self?.letsGo === true) return { kind: "keep", others, self };
  if (others.length === 0) return { kind: "delete" };
  const elsewhere = others.filter(({ stack }) => stack !== self?.stack);
  if (elsewhere.length === 0) return { kind: "keep", others };
  return { kind: "refuse", others: elsewhere, ...(self && { self }) };
}

/**
 * A state of an earlier version has no `holderId`: it is one of those that are known by their URNs, if these are of one stack.
 * Which one is not told, so that it is the one that lets go, where one does: the other may still have the segment.
 */
function ownOf(holders: readonly Holder[], key: string | undefined): Holder | undefined {
  if (key !== undefined) return holders.find((holder) => holder.key === key);
  const own = holders.filter((holder) => holder.key === holder.urn);
  if (new Set(own.map(({ stack }) => stack)).size > 1) return undefined;
  return own.find(({ letsGo }) => letsGo === true) ?? own[0];
}

/** With a holder that was seen now. A resource has one entry, and a stack too, but where it is known to have the segment twice. */
function withSeen(holders: readonly Holder[], holder: Holder, besides?: ProgramResource): Holder[] {
  // Whoever takes over the record of an interrupted creation has what it made: the answer to that run is in no state.
  const isInterrupted = ({ madeFor }: Holder) => madeFor !== undefined && madeFor === holder.madeFor;
  const isOther = (one: Holder) =>
    one.key !== holder.key &&
    one.urn !== holder.urn &&
    (one.stack !== holder.stack || one.urn === besides?.urn) &&
    !isInterrupted(one);
  const letsGo = holders.find(({ key }) => key === holder.key)?.letsGo;
  return [...holders.filter(isOther), { ...holder, ...(letsGo === true && { letsGo }) }];
}

/** A state and the resource of the program that it belongs to. */
export interface Held {
  readonly holderId: string | undefined;
  readonly resource: ProgramResource;
}

/**
 * Which resources of which stacks have which segments: those that ran on this machine, and where a Redis is set on any. The service
 * knows nothing of it, and of two stacks over one segment the first that goes would delete the other's.
 */
export class Holders {
  private atFirst: Promise<ReadonlyMap<string, readonly Holder[]>> | undefined;

  constructor(
    private readonly records: Records,
    private readonly clock: Clock,
  ) {}

  /** Who has it, as it is now. */
  async of(id: string): Promise<readonly Holder[]> {
    return holdersIn(await this.records.read(id));
  }

  /** Who has which segment. */
  async all(): Promise<ReadonlyMap<string, readonly Holder[]>> {
    return new Map((await this.records.all()).map((record) => [record.name, holdersIn(record)]));
  }

  /** Others than this stack's that have it and have not let go. */
  async elsewhere(id: string, stack: string | undefined): Promise<readonly Holder[]> {
    return (await this.of(id)).filter((holder) => holder.stack !== stack && holder.letsGo !== true);
  }

  /**
   * A resource has made the segment or taken it over.
   *
   * @param madeFor the record of its creation, where it was made
   */
  async took(id: string, holderId: string, resource: ProgramResource, madeFor?: string): Promise<void> {
    const holder = { ...this.holder({ holderId, resource }), ...(madeFor !== undefined && { madeFor }) };
    await this.change(id, (before) => withSeen(before, holder));
  }

  /**
   * A resource has it in state. Also in a preview: it is so whatever the plan is.
   *
   * @param besides another resource of the same stack that has it, too
   * @returns others of the same stack that were known to have it
   */
  async seen(id: string, held: Held, besides?: ProgramResource): Promise<readonly Holder[]> {
    const holder = this.holder(held);
    // Asked for once in a process: thousands of segments are seen in a run that does nothing.
    const known = (await (this.atFirst ??= this.all())).get(id);
    const own = known?.find(({ key }) => key === holder.key);
    const isNews = own?.urn !== holder.urn || holder.seen - own.seen > FRESH_MS;
    if (isNews || besides) await this.change(id, (before) => withSeen(before, holder, besides));
    return isNews ? [] : (known ?? []).filter(({ key, stack }) => key !== holder.key && stack === holder.stack);
  }

  /** A resource does not have it any more. */
  async left(id: string, holderId: string | undefined): Promise<void> {
    await this.change(id, (before) => before.filter((holder) => holder !== ownOf(before, holderId)));
  }

  /** The segment is deleted. */
  async gone(id: string): Promise<void> {
    await this.change(id, () => []);
  }

  /** The resources of a stack let it go. @returns those that do; none where the stack does not have it */
  async letGo(id: string, stack: string): Promise<readonly Holder[]> {
    const going = (await this.of(id)).filter((holder) => holder.stack === stack);
    if (going.length > 0)
      await this.change(id, (before) => before.map((one) => (one.stack === stack ? { ...one, letsGo: true } : one)));
    return going;
  }

  private holder({ holderId, resource: { urn, stack, label } }: Held): Holder {
    return { key: holderId ?? urn, urn, stack, label, seen: this.clock.now() };
  }

  /** Others may change it at the same time: then it is read anew. */
  private async change(id: string, changed: (before: readonly Holder[]) => readonly Holder[]): Promise<void> {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
      const record = await this.records.read(id);
      const before = holdersIn(record);
      const after = changed(before);
      if (JSON.stringify(after) === JSON.stringify(before)) return;
      if (
        after.length === 0
          ? await record?.remove()
          : await (record ? record.replace(after) : this.records.create(id, after))
      )
        return;
    }
  }
}

const MOST_ATTEMPTS = 20;

const holdersIn = (record: StoredRecord | undefined): readonly Holder[] => content.safeParse(record?.value).data ?? [];
