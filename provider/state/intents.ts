import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { processContent, type Liveness, type Process } from "./engine-process";
import type { Clock } from "../clock";
import { LOOK_MS } from "./exit-with-engine";
import type { Records, StoredRecord } from "./record-store";

export type { Process } from "./engine-process";

/** What is about to be made, kept from before the request until its answer has reached the engine. */
export interface Intent {
  /** It stays the same when another process takes the record over. */
  readonly id: string;
  /** What is made, by content: the next process knows no more of it than that. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly process: Process;
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

/** Longer than a weekend: a run that was killed on Friday is settled on Monday. A new run long after is a new wish. */
export const INTENTS_KEPT_MS = 7 * 24 * 3_600_000;
/** How often a process says that it is at work. */
export const BEAT_MS = 15_000;
/** The clocks of two machines differ by this much at most. */
const CLOCK_SKEW_MS = 2 * 60_000;
const WATCH_MS = 1_000;

/** What intents need of the process that they are of. */
export interface IntentsOptions {
  readonly records: Records;
  readonly self: Process;
  readonly isAlive: (process: Process) => Promise<Liveness>;
  readonly clock: Clock;
  readonly newId: () => string;
  /** How long an answer may take, in milliseconds: the setting `cja:requestTimeout`. */
  readonly answerMs: number;
  /** Told what is waited for. */
  readonly say: (line: string) => void;
}

/** A record and what it says. */
interface Left {
  readonly record: StoredRecord;
  readonly intent: Intent;
}

/**
 * Lets the next process settle what a killed one left open. Without a record nothing is ever taken over by likeness: what
 * looks like ours may belong to another stack.
 */
export class Intents {
  /** Read once: what earlier runs left is there when this process begins, and looking is a walk through all of them. */
  private left: Promise<readonly Left[]> | undefined;
  private readonly taken = new Set<string>();
  /** The records of this process, by ID; changes of one wait for each other. */
  private readonly open = new Map<string, Promise<Left>>();
  /** Those of them that are answered: since the last beat, and before it. */
  private answered: { readonly fresh: readonly string[]; readonly old: readonly string[] } = { fresh: [], old: [] };
  private readonly inState = new Set<string>();

  constructor(private readonly options: IntentsOptions) {}

  /**
   * Notes what will be sent. Call it before the request.
   *
   * @throws when the engine of this process is gone: the next run may look for what earlier ones left already.
   */
  async begin(key: string, note?: Intent["note"]): Promise<Intent> {
    if (!(await this.isHeard())) throw new Error("The engine of this run is gone: nothing more is made for it.");
    const { records, clock, newId } = this.options;
    const intent: Intent = { id: newId(), key, startedAt: clock.now(), ...this.atWork(), ...(note && { note }) };
    const record = await records.create(intent.id, intent);
    if (!record) throw new Error(`two records have the ID ${intent.id}`);
    this.open.set(intent.id, Promise.resolve({ record, intent }));
    return intent;
  }

  /** Adds what the answer said. */
  note({ id }: Intent, note: Readonly<Record<string, string>>): Promise<Intent> {
    return this.change(id, (intent) => ({ ...intent, note: { ...intent.note, ...note } }));
  }

  /**
   * The answer is on its way to the engine, which may be killed before it has written it to the state. So the record stays until
   * the engine has had the time, ends this process (see `endAnswered`) or shows the resource in a state (see `hasInState`).
   *
   * @param note what tells what was made: `made` or `jobId`, its ID.
   * @param urn of the resource: only it takes over what is answered. Where it is not known, the matter is settled at once.
   */
  async answer(intent: Intent, note: Readonly<Record<string, string>>, urn: string | undefined): Promise<void> {
    if (urn === undefined) return this.end(intent);
    const { id } = intent;
    await this.change(id, (before) => ({ ...before, note: { ...before.note, ...note }, answeredTo: urn }));
    this.answered = { ...this.answered, fresh: [...this.answered.fresh, id] };
  }

  /** The engine ends this process, and has written all answers before. */
  async endAnswered(): Promise<void> {
    const { fresh, old } = this.answered;
    this.answered = { fresh: [], old: [] };
    await Promise.all([...old, ...fresh].map((id) => this.end({ id })));
  }

  /** The engine has this in a state: nothing about it is open any more. */
  async hasInState(id: string): Promise<void> {
    if (this.inState.has(id)) return;
    this.inState.add(id);
    for (const { intent, record } of await this.leftovers())
      if (intent.answeredTo !== undefined && madeBy(intent) === id) await record.remove();
  }

  /**
   * The matter is settled. When the engine of this process is gone nobody hears the answer, so the record stays for the
   * next run.
   */
  async end({ id }: Pick<Intent, "id">): Promise<void> {
    const left = await this.open.get(id);
    this.open.delete(id);
    if (await this.isHeard()) await left?.record.remove();
  }

  /** Says that this process is at work on what it has begun, for those who cannot see it. */
  async beat(): Promise<void> {
    if (this.open.size === 0 || !(await this.isHeard())) return;
    const { fresh, old } = this.answered;
    this.answered = { fresh: [], old: fresh };
    await Promise.all(old.map((id) => this.end({ id })));
    await Promise.all(
      [...this.open.keys()].map((id) => this.change(id, (intent) => ({ ...intent, ...this.atWork() }))),
    );
  }

  /**
   * The record that an interrupted run left of the same wish, if any, as it was last seen; it belongs to this process now. Where
   * nobody can tell whether that run goes on (on another machine, in another container), it is waited for until its request could
   * not have an answer any more.
   *
   * @param urn of the resource that has the wish, where it is known: the engine makes it anew, so it is in no state.
   */
  async takeOver(key: string, urn?: string): Promise<Intent | undefined> {
    const { clock } = this.options;
    const leftovers = await this.leftovers();
    const own = leftovers.filter(({ intent }) => intent.answeredTo !== undefined && intent.answeredTo === urn);
    const open = leftovers.filter(({ intent }) => intent.answeredTo === undefined);
    for (const left of [...own, ...open]) {
      if (clock.now() - left.intent.startedAt > INTENTS_KEPT_MS) await left.record.remove();
      else if (left.intent.key === key && !this.isOurs(left.intent) && !this.isKnown(left.intent)) {
        const over = await this.whenOver(left);
        if (!over) continue;
        const mine = { ...over.intent, ...this.atWork() };
        const record = await over.record.replace(mine);
        if (!record) continue;
        this.open.set(mine.id, Promise.resolve({ record, intent: mine }));
        this.taken.add(mine.id);
        return { ...mine, seenAt: over.intent.seenAt };
      }
    }
    return undefined;
  }

  /**
   * The records of interrupted runs that this process has not taken over and that fit, as they were when it began.
   *
   * @param urn of the resource that asks: what is answered to another one is in a state, as far as that can be told.
   */
  async abandoned(fits: (intent: Intent) => boolean, urn?: string): Promise<readonly Intent[]> {
    const found: Intent[] = [];
    for (const { intent } of await this.leftovers()) {
      const isOpen = intent.answeredTo === undefined || (intent.answeredTo === urn && !this.isKnown(intent));
      const open = isOpen && !this.taken.has(intent.id) && !this.isOurs(intent) && fits(intent);
      if (open && (await this.isOver(intent))) found.push(intent);
    }
    return found;
  }

  /** Whether an interrupted run has left a record of the same wish. It stays as it is. */
  async isLeft(key: string): Promise<boolean> {
    const old = this.options.clock.now() - INTENTS_KEPT_MS;
    const alike = (await this.all()).filter(
      ({ intent }) =>
        intent.key === key && intent.startedAt >= old && intent.answeredTo === undefined && !this.isOurs(intent),
    );
    for (const { intent } of alike) if (await this.isOver(intent)) return true;
    return false;
  }

  /** Whether others are at work on the same wish, as far as that can be told. */
  async othersAtWork({ id, key }: Intent): Promise<boolean> {
    const others = (await this.all()).filter(
      ({ intent }) => intent.key === key && intent.id !== id && intent.answeredTo === undefined,
    );
    for (const { intent } of others) if (!(await this.isOver(intent))) return true;
    return false;
  }

  private leftovers(): Promise<readonly Left[]> {
    return (this.left ??= this.all());
  }

  private async all(): Promise<readonly Left[]> {
    return (await this.options.records.all()).flatMap((record) => leftOf(record) ?? []);
  }

  private atWork(): Pick<Intent, "process" | "seenAt" | "lastsMs"> {
    const { self, clock, answerMs } = this.options;
    return { process: self, seenAt: clock.now(), lastsMs: answerMs + 2 * BEAT_MS };
  }

  private isKnown = (intent: Intent): boolean => this.inState.has(madeBy(intent) ?? "");

  /** Whether the engine of this process is there. */
  isHeard = async (): Promise<boolean> => (await this.options.isAlive(this.options.self)) === true;

  private isOurs = ({ process }: Intent): boolean => isDeepStrictEqual(process, this.options.self);

  /** Whether a run is known to be over, without waiting for it. */
  private async isOver({ process, seenAt, lastsMs }: Intent): Promise<boolean> {
    const alive = await this.options.isAlive(process);
    return alive === "unknown" ? this.options.clock.now() > seenAt + lastsMs + CLOCK_SKEW_MS : alive !== true;
  }

  /** Waits until a run is known to be over. @returns undefined where it goes on, or has settled the matter itself. */
  private async whenOver(left: Left): Promise<Left | undefined> {
    const { isAlive, clock, records } = this.options;
    const { process, seenAt, lastsMs, startedAt } = left.intent;
    let alive = await isAlive(process);
    // It ends by itself soon, and may send something until then.
    const ends = clock.now() + 2 * LOOK_MS;
    for (; alive === "unheard" && clock.now() < ends; alive = await isAlive(process)) await clock.sleep(WATCH_MS);
    if (alive !== "unknown") return alive === true ? undefined : left;
    const now = clock.now();
    if (now > seenAt + lastsMs + CLOCK_SKEW_MS) return left;
    // The clock of the other machine may be wrong: one that is at work is seen within two beats, whatever its clock says.
    const until = now + Math.min(Math.max(seenAt + lastsMs - now, 2 * BEAT_MS), lastsMs);
    this.sayWaiting(process, startedAt, until);
    while (clock.now() < until) {
      await clock.sleep(Math.min(WATCH_MS, until - clock.now()));
      const found = await records.read(left.record.name);
      const now = found && leftOf(found);
      if (!now || !isDeepStrictEqual(now.intent, left.intent)) return undefined;
    }
    return left;
  }

  private sayWaiting({ place }: Process, startedAt: number, until: number): void {
    const { clock, say } = this.options;
    const seconds = Math.ceil((until - clock.now()) / 1_000);
    const where = place === undefined ? "" : ` on ${JSON.stringify(place.host)}`;
    say(
      `A run${where} began to make the same at ${new Date(startedAt).toISOString()}. It cannot be seen from here whether it goes on: ` +
        `waiting for a sign of it for at most ${seconds} s, and then for what it has made.`,
    );
  }

  /** One change after the other. Where it cannot be kept now (the store is away), the next change keeps it, too. */
  private async change(id: string, changed: (intent: Intent) => Intent): Promise<Intent> {
    const before = this.open.get(id);
    if (!before) throw new Error(`the record ${id} is not open`);
    const after = before.then(async ({ record, intent }): Promise<Left> => {
      const next = changed(intent);
      return { record: (await record.replace(next)) ?? record, intent: next };
    });
    this.open.set(id, after);
    return (await after).intent;
  }
}

/** The ID of what was made, where that is known. */
export const madeBy = ({ note }: Intent): string | undefined => note?.["made"] ?? note?.["jobId"];

function leftOf(record: StoredRecord): Left | undefined {
  const intent = content.safeParse(record.value).data;
  return intent && { record, intent };
}
