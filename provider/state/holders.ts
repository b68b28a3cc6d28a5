import { z } from "zod";
import type { Clock } from "../clock";
import type { Records, StoredRecord } from "./record-store";
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

const holdersSchema: z.ZodType<Holder[]> = z.array(
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
export const HOLDER_LIFETIME_MS = 400 * 86_400_000;
/** What is seen again is written again after this time, not in each run. */
const REWRITE_AFTER_MS = 30 * 86_400_000;

/** What becomes of a segment when one that holds it goes. `keep`: another resource has it. `refuse`: it is not known who lets go. */
export type DeletionDecision =
  | { readonly kind: "delete" }
  | { readonly kind: "keep" | "refuse"; readonly others: readonly Holder[]; readonly self?: Holder };

/**
 * Decides whether a resource may delete what others may have, too.
 *
 * @param key `holderId` in the resource's state; the engine does not tell which resource it deletes
 */
export function decideDeletion(holders: readonly Holder[], key: string | undefined): DeletionDecision {
  const self = findOwn(holders, key);
  const others = holders.filter((holder) => holder !== self && holder.letsGo !== true);
  if (self?.letsGo === true) return { kind: "keep", others, self };
  if (others.length === 0) return { kind: "delete" };
  const inOtherStacks = others.filter(({ stack }) => stack !== self?.stack);
  if (inOtherStacks.length === 0) return { kind: "keep", others };
  return { kind: "refuse", others: inOtherStacks, ...(self && { self }) };
}

/**
 * A state of an earlier version has no `holderId`: it is one of those that are known by their URNs, if these are of one stack.
 * Which one is not told, so that it is the one that lets go, where one does: the other may still have the segment.
 */
function findOwn(holders: readonly Holder[], key: string | undefined): Holder | undefined {
  if (key !== undefined) return holders.find((holder) => holder.key === key);
  const candidates = holders.filter((holder) => holder.key === holder.urn);
  if (new Set(candidates.map(({ stack }) => stack)).size > 1) return undefined;
  return candidates.find(({ letsGo }) => letsGo === true) ?? candidates[0];
}

/** With a holder that was seen now. A resource has one entry, and a stack too, but where it is known to have the segment twice. */
function withHolder(holders: readonly Holder[], holder: Holder, sameStackHolder?: ProgramResource): Holder[] {
  // Whoever takes over the record of an interrupted creation has what it made: the answer to that run is in no state.
  const isInterrupted = ({ madeFor }: Holder) => madeFor !== undefined && madeFor === holder.madeFor;
  const isOtherHolder = (one: Holder) =>
    one.key !== holder.key &&
    one.urn !== holder.urn &&
    (one.stack !== holder.stack || one.urn === sameStackHolder?.urn) &&
    !isInterrupted(one);
  const letsGo = holders.find(({ key }) => key === holder.key)?.letsGo;
  return [...holders.filter(isOtherHolder), { ...holder, ...(letsGo === true && { letsGo }) }];
}

/** A state and the resource of the program that it belongs to. */
export interface HolderIdentity {
  readonly holderId: string | undefined;
  readonly resource: ProgramResource;
}

/**
 * Which resources of which stacks have which segments: those that ran on this machine, and where a Redis is set on any. The service
 * knows nothing of it, and of two stacks over one segment the first that goes would delete the other's.
 */
export class HolderRegistry {
  private initialHolders: Promise<ReadonlyMap<string, readonly Holder[]>> | undefined;

  constructor(
    private readonly records: Records,
    private readonly clock: Clock,
  ) {}

  /** Who has it, as it is now. */
  async holdersOf(id: string): Promise<readonly Holder[]> {
    return parseHolders(await this.records.read(id));
  }

  /** Who has which segment. */
  async all(): Promise<ReadonlyMap<string, readonly Holder[]>> {
    return new Map((await this.records.all()).map((record) => [record.name, parseHolders(record)]));
  }

  /** Others than this stack's that have it and have not let go. */
  async inOtherStacks(id: string, stack: string | undefined): Promise<readonly Holder[]> {
    return (await this.holdersOf(id)).filter((holder) => holder.stack !== stack && holder.letsGo !== true);
  }

  /**
   * A resource has made the segment or taken it over.
   *
   * @param madeFor the record of its creation, where it was made
   */
  async recordTakeover(id: string, holderId: string, resource: ProgramResource, madeFor?: string): Promise<void> {
    const holder = { ...this.toHolder({ holderId, resource }), ...(madeFor !== undefined && { madeFor }) };
    await this.update(id, (before) => withHolder(before, holder));
  }

  /**
   * A resource has it in state. Also in a preview: it is so whatever the plan is.
   *
   * @param sameStackHolder another resource of the same stack that has it, too
   * @returns others of the same stack that were known to have it
   */
  async recordSeen(
    id: string,
    identity: HolderIdentity,
    sameStackHolder?: ProgramResource,
  ): Promise<readonly Holder[]> {
    const holder = this.toHolder(identity);
    // Asked for once in a process: thousands of segments are seen in a run that does nothing.
    const holders = (await (this.initialHolders ??= this.all())).get(id);
    const ownHolder = holders?.find(({ key }) => key === holder.key);
    const isNew = ownHolder?.urn !== holder.urn || holder.seen - ownHolder.seen > REWRITE_AFTER_MS;
    if (isNew || sameStackHolder) await this.update(id, (before) => withHolder(before, holder, sameStackHolder));
    return isNew ? [] : (holders ?? []).filter(({ key, stack }) => key !== holder.key && stack === holder.stack);
  }

  /** A resource does not have it any more. */
  async recordReleased(id: string, holderId: string | undefined): Promise<void> {
    await this.update(id, (before) => before.filter((holder) => holder !== findOwn(before, holderId)));
  }

  /** The segment is deleted. */
  async recordDeleted(id: string): Promise<void> {
    await this.update(id, () => []);
  }

  /** The resources of a stack let it go. @returns those that do; none where the stack does not have it */
  async markLetsGo(id: string, stack: string): Promise<readonly Holder[]> {
    const released = (await this.holdersOf(id)).filter((holder) => holder.stack === stack);
    if (released.length > 0)
      await this.update(id, (before) => before.map((one) => (one.stack === stack ? { ...one, letsGo: true } : one)));
    return released;
  }

  private toHolder({ holderId, resource: { urn, stack, label } }: HolderIdentity): Holder {
    return { key: holderId ?? urn, urn, stack, label, seen: this.clock.now() };
  }

  /** Others may change it at the same time: then it is read anew. */
  private async update(id: string, edit: (before: readonly Holder[]) => readonly Holder[]): Promise<void> {
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const record = await this.records.read(id);
      const before = parseHolders(record);
      const after = edit(before);
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

const MAX_ATTEMPTS = 20;

const parseHolders = (record: StoredRecord | undefined): readonly Holder[] =>
  holdersSchema.safeParse(record?.value).data ?? [];
