import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { processContent, type Liveness, type ProviderProcess } from "./engine-process";
import { CLOCK_SKEW_MS, type Clock } from "../clock";
import { ENGINE_CHECK_MS } from "./exit-with-engine";
import type { Records, StoredRecord } from "./record-store";

/** What is about to be made, kept from before the request until its answer has reached the engine. */
export interface Intent {
  /** It stays the same when another process takes the record over. */
  readonly id: string;
  /** What is made, by content: the next process knows no more of it than that. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly process: ProviderProcess;
  /** When the process was last seen at work on it, in milliseconds since 1970. */
  readonly seenAt: number;
  /** How long after that its request may still have an answer, in milliseconds. */
  readonly lastsMs: number;
  /** What the answer said, where the work goes on after it: the job that is being waited for. */
  readonly note?: Readonly<Record<string, string>>;
  /** The URN of the resource that has its answer. It is in no state before the engine has written it. */
  readonly answeredTo?: string;
}

const content: z.ZodType<Intent> = z.object({
  id: z.string(),
  key: z.string(),
  startedAt: z.number(),
  process: processContent,
  seenAt: z.number(),
  lastsMs: z.number(),
  note: z.record(z.string(), z.string()).exactOptional(),
  answeredTo: z.string().exactOptional(),
});

/** Longer than a weekend: a run that was killed on Friday is settled on Monday. A run long after that is a new request. */
export const INTENT_LIFETIME_MS = 7 * 24 * 3_600_000;
/** How often a process updates its records to show that it is alive. */
export const HEARTBEAT_MS = 15_000;
const POLL_MS = 1_000;

/** What intents need of the process that they are of. */
export interface IntentsOptions {
  readonly records: Records;
  readonly self: ProviderProcess;
  readonly isAlive: (process: ProviderProcess) => Promise<Liveness>;
  readonly clock: Clock;
  readonly newId: () => string;
  /** How long an answer may take, in milliseconds: the setting `cja:requestTimeout`. */
  readonly requestTimeoutMs: number;
  /** Logs what this process waits for. */
  readonly log: (line: string) => void;
}

/** A record and what it says. */
interface IntentRecord {
  readonly record: StoredRecord;
  readonly intent: Intent;
}

/**
 * Lets the next process settle what a killed one left open. Without a record nothing is ever taken over by likeness: what
 * looks like ours may belong to another stack.
 */
export class Intents {
  /** Read once: what earlier runs left is there when this process begins, and looking is a walk through all of them. */
  private leftoversAtStart: Promise<readonly IntentRecord[]> | undefined;
  private readonly takenOverIds = new Set<string>();
  /** The records of this process, by ID; changes of one wait for each other. */
  private readonly openRecords = new Map<string, Promise<IntentRecord>>();
  /** Those of them that are answered: since the last heartbeat, and before it. */
  private answeredIds: { readonly sinceHeartbeat: readonly string[]; readonly beforeHeartbeat: readonly string[] } = {
    sinceHeartbeat: [],
    beforeHeartbeat: [],
  };
  private readonly inStateIds = new Set<string>();

  constructor(private readonly options: IntentsOptions) {}

  /**
   * Notes what will be sent. Call it before the request.
   *
   * @throws when the engine of this process is dead: the next run may be looking for leftovers already.
   */
  async begin(key: string, note?: Intent["note"]): Promise<Intent> {
    if (!(await this.engineIsAlive()))
      throw new Error("The engine of this run has ended: the provider creates nothing more for it.");
    const { records, clock, newId } = this.options;
    const intent: Intent = {
      id: newId(),
      key,
      startedAt: clock.now(),
      ...this.currentActivity(),
      ...(note && { note }),
    };
    const record = await records.create(intent.id, intent);
    if (!record) throw new Error(`two records have the ID ${intent.id}`);
    this.openRecords.set(intent.id, Promise.resolve({ record, intent }));
    return intent;
  }

  /** Adds what the answer said. */
  note({ id }: Intent, note: Readonly<Record<string, string>>): Promise<Intent> {
    return this.update(id, (intent) => ({ ...intent, note: { ...intent.note, ...note } }));
  }

  /**
   * The answer is on its way to the engine, which may be killed before it has written it to the state. So the record stays until
   * the engine has had the time, ends this process (see `endAllAnswered`) or shows the resource in a state (see `markInState`).
   *
   * @param note what tells what was made: `made` or `jobId`, its ID.
   * @param urn of the resource: only it takes over what is answered. Where it is not known, the matter is settled at once.
   */
  async markAnswered(intent: Intent, note: Readonly<Record<string, string>>, urn: string | undefined): Promise<void> {
    if (urn === undefined) return this.end(intent);
    const { id } = intent;
    await this.update(id, (before) => ({ ...before, note: { ...before.note, ...note }, answeredTo: urn }));
    this.answeredIds = { ...this.answeredIds, sinceHeartbeat: [...this.answeredIds.sinceHeartbeat, id] };
  }

  /** The engine ends this process, and has written all answers before. */
  async endAllAnswered(): Promise<void> {
    const { sinceHeartbeat, beforeHeartbeat } = this.answeredIds;
    this.answeredIds = { sinceHeartbeat: [], beforeHeartbeat: [] };
    await Promise.all([...beforeHeartbeat, ...sinceHeartbeat].map((id) => this.end({ id })));
  }

  /** The engine has this in a state: nothing about it is open any more. */
  async markInState(id: string): Promise<void> {
    if (this.inStateIds.has(id)) return;
    this.inStateIds.add(id);
    for (const { intent, record } of await this.leftovers())
      if (intent.answeredTo !== undefined && createdIdOf(intent) === id) await record.remove();
  }

  /**
   * The matter is settled. When the engine of this process is dead, nobody receives the answer, so the record stays for the
   * next run.
   */
  async end({ id }: Pick<Intent, "id">): Promise<void> {
    const left = await this.openRecords.get(id);
    this.openRecords.delete(id);
    if (await this.engineIsAlive()) await left?.record.remove();
  }

  /** Updates the open records, so that processes that cannot see this one know that it is alive. */
  async heartbeat(): Promise<void> {
    if (this.openRecords.size === 0 || !(await this.engineIsAlive())) return;
    const { sinceHeartbeat, beforeHeartbeat } = this.answeredIds;
    this.answeredIds = { sinceHeartbeat: [], beforeHeartbeat: sinceHeartbeat };
    await Promise.all(beforeHeartbeat.map((id) => this.end({ id })));
    await Promise.all(
      [...this.openRecords.keys()].map((id) => this.update(id, (intent) => ({ ...intent, ...this.currentActivity() }))),
    );
  }

  /**
   * Takes over the record that an interrupted run left under the same key, if there is one. @returns it as it was last seen. Where
   * nobody can tell whether that run goes on (on another machine, in another container), it is waited for until its request could
   * not have an answer any more.
   *
   * @param urn of the resource, where it is known: the engine creates it again, so it is in no state.
   */
  async takeOver(key: string, urn?: string): Promise<Intent | undefined> {
    const { clock } = this.options;
    const leftovers = await this.leftovers();
    const own = leftovers.filter(({ intent }) => intent.answeredTo !== undefined && intent.answeredTo === urn);
    const open = leftovers.filter(({ intent }) => intent.answeredTo === undefined);
    for (const left of [...own, ...open]) {
      if (clock.now() - left.intent.startedAt > INTENT_LIFETIME_MS) await left.record.remove();
      else if (left.intent.key === key && !this.isFromThisProcess(left.intent) && !this.isInState(left.intent)) {
        const finished = await this.waitUntilOver(left);
        if (!finished) continue;
        const takenOver = { ...finished.intent, ...this.currentActivity() };
        const record = await finished.record.replace(takenOver);
        if (!record) continue;
        this.openRecords.set(takenOver.id, Promise.resolve({ record, intent: takenOver }));
        this.takenOverIds.add(takenOver.id);
        return { ...takenOver, seenAt: finished.intent.seenAt };
      }
    }
    return undefined;
  }

  /**
   * The records of interrupted runs that this process has not taken over and that fit, as they were when it began.
   *
   * @param urn of the resource that asks: what is answered to another one is in a state, as far as that can be told.
   */
  async listAbandoned(matches: (intent: Intent) => boolean, urn?: string): Promise<readonly Intent[]> {
    const matching: Intent[] = [];
    for (const { intent } of await this.leftovers()) {
      const isOpen = intent.answeredTo === undefined || (intent.answeredTo === urn && !this.isInState(intent));
      const open = isOpen && !this.takenOverIds.has(intent.id) && !this.isFromThisProcess(intent) && matches(intent);
      if (open && (await this.isOver(intent))) matching.push(intent);
    }
    return matching;
  }

  /** Whether an interrupted run has left a record with the same key. The record stays as it is. */
  async hasAbandoned(key: string): Promise<boolean> {
    const old = this.options.clock.now() - INTENT_LIFETIME_MS;
    const sameKey = (await this.allRecords()).filter(
      ({ intent }) =>
        intent.key === key &&
        intent.startedAt >= old &&
        intent.answeredTo === undefined &&
        !this.isFromThisProcess(intent),
    );
    for (const { intent } of sameKey) if (await this.isOver(intent)) return true;
    return false;
  }

  /** Whether another process is creating the same thing, as far as this one can tell. */
  async othersAreAtWork({ id, key }: Intent): Promise<boolean> {
    const others = (await this.allRecords()).filter(
      ({ intent }) => intent.key === key && intent.id !== id && intent.answeredTo === undefined,
    );
    for (const { intent } of others) if (!(await this.isOver(intent))) return true;
    return false;
  }

  private leftovers(): Promise<readonly IntentRecord[]> {
    return (this.leftoversAtStart ??= this.allRecords());
  }

  private async allRecords(): Promise<readonly IntentRecord[]> {
    return (await this.options.records.all()).flatMap((record) => parseIntentRecord(record) ?? []);
  }

  private currentActivity(): Pick<Intent, "process" | "seenAt" | "lastsMs"> {
    const { self, clock, requestTimeoutMs } = this.options;
    return { process: self, seenAt: clock.now(), lastsMs: requestTimeoutMs + 2 * HEARTBEAT_MS };
  }

  private isInState = (intent: Intent): boolean => this.inStateIds.has(createdIdOf(intent) ?? "");

  /** Whether the engine of this process is still running. */
  engineIsAlive = async (): Promise<boolean> => (await this.options.isAlive(this.options.self)) === true;

  private isFromThisProcess = ({ process }: Intent): boolean => isDeepStrictEqual(process, this.options.self);

  /** Whether a run is known to be over, without waiting for it. */
  private async isOver({ process, seenAt, lastsMs }: Intent): Promise<boolean> {
    const alive = await this.options.isAlive(process);
    return alive === "unknown" ? this.options.clock.now() > seenAt + lastsMs + CLOCK_SKEW_MS : alive !== true;
  }

  /** Waits until a run is known to be over. @returns undefined where it goes on, or has settled the matter itself. */
  private async waitUntilOver(left: IntentRecord): Promise<IntentRecord | undefined> {
    const { isAlive, clock, records } = this.options;
    const { process, seenAt, lastsMs, startedAt } = left.intent;
    let alive = await isAlive(process);
    // It ends by itself soon, and may send something until then; five looks, since a busy machine may be late.
    const ends = clock.now() + 5 * ENGINE_CHECK_MS;
    for (; alive === "orphaned" && clock.now() < ends; alive = await isAlive(process)) await clock.sleep(POLL_MS);
    if (alive !== "unknown") return alive === true ? undefined : left;
    const now = clock.now();
    if (now > seenAt + lastsMs + CLOCK_SKEW_MS) return left;
    // The clock of the other machine may be wrong: one that is at work is seen within two beats, whatever its clock says.
    const until = now + Math.min(Math.max(seenAt + lastsMs - now, 2 * HEARTBEAT_MS), lastsMs);
    this.logWaiting(process, startedAt, until);
    while (clock.now() < until) {
      await clock.sleep(Math.min(POLL_MS, until - clock.now()));
      const found = await records.read(left.record.name);
      const now = found && parseIntentRecord(found);
      if (!now || !isDeepStrictEqual(now.intent, left.intent)) return undefined;
    }
    return left;
  }

  private logWaiting({ place }: ProviderProcess, startedAt: number, until: number): void {
    const { clock, log } = this.options;
    const seconds = Math.ceil((until - clock.now()) / 1_000);
    const where = place === undefined ? "" : ` on ${JSON.stringify(place.host)}`;
    log(
      `A run${where} began to create the same at ${new Date(startedAt).toISOString()}. This machine cannot see whether that run is still active: ` +
        `waiting at most ${seconds} s for a sign of it, then looking for what it created.`,
    );
  }

  /** One change after the other. Where it cannot be kept now (the store is away), the next change keeps it, too. */
  private async update(id: string, edit: (intent: Intent) => Intent): Promise<Intent> {
    const before = this.openRecords.get(id);
    if (!before) throw new Error(`the record ${id} is not open`);
    const after = before.then(async ({ record, intent }): Promise<IntentRecord> => {
      const next = edit(intent);
      return { record: (await record.replace(next)) ?? record, intent: next };
    });
    this.openRecords.set(id, after);
    return (await after).intent;
  }
}

/** The ID of what was made, where that is known. */
export const createdIdOf = ({ note }: Intent): string | undefined => note?.["made"] ?? note?.["jobId"];

function parseIntentRecord(record: StoredRecord): IntentRecord | undefined {
  const intent = content.safeParse(record.value).data;
  return intent && { record, intent };
}
