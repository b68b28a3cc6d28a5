import type { Clock } from "./http/clock";

/** What is about to be made, on disk from before the request until its answer has reached the engine. */
export interface Intent {
  readonly id: string;
  /** What is made, by content: the next process knows no more of it than that. */
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly process: Process;
  /** What the answer said, where the work goes on after it: the job that is being waited for. */
  readonly note?: Readonly<Record<string, string>>;
}

/** A provider process and the engine it works for. */
export interface Process {
  readonly pid: number;
  /** Where its engine listens, `host:port`; absent outside an engine. */
  readonly engine?: string;
}

/** The part of the folder shared by the processes of a host that intents are kept in. */
export interface IntentStore {
  all(): readonly Intent[];
  save(intent: Intent): void;
  /** @returns whether it was this call that removed it: of two processes that want one record, one gets it. */
  remove(id: string): boolean;
}

/** Longer than a weekend: a run that was killed on Friday is settled on Monday. A new run long after is a new wish. */
const KEPT_MS = 7 * 24 * 3_600_000;

/**
 * Lets the next process settle what a killed one left open. Without a record nothing is ever taken over by likeness: what
 * looks like ours may belong to another stack.
 */
export class Intents {
  /** Read once: what earlier runs left is there when this process begins, and looking is a walk through the folder. */
  private left: readonly Intent[] | undefined;
  private readonly taken = new Set<string>();

  constructor(
    private readonly store: IntentStore,
    private readonly self: Process,
    private readonly isAlive: (process: Process) => Promise<boolean>,
    private readonly clock: Clock,
    private readonly newId: () => string,
  ) {}

  /** Notes what will be sent. Call it before the request. */
  begin(key: string, note?: Intent["note"]): Intent {
    const intent: Intent = {
      id: this.newId(),
      key,
      startedAt: this.clock.now(),
      process: this.self,
      ...(note && { note }),
    };
    this.store.save(intent);
    return intent;
  }

  /** Adds what the answer said. */
  note(intent: Intent, note: Readonly<Record<string, string>>): Intent {
    const noted = { ...intent, note: { ...intent.note, ...note } };
    this.store.save(noted);
    return noted;
  }

  /**
   * The matter is settled. When the engine of this process is gone nobody hears the answer, so the record stays for the
   * next run.
   */
  async end(intent: Intent): Promise<void> {
    if (await this.isAlive(this.self)) this.store.remove(intent.id);
  }

  /** The record that an interrupted run left of the same wish, if any; it belongs to this process now. */
  async takeOver(key: string): Promise<Intent | undefined> {
    for (const intent of (this.left ??= this.store.all())) {
      if (this.clock.now() - intent.startedAt > KEPT_MS) this.store.remove(intent.id);
      else if (
        intent.key === key &&
        !this.isOurs(intent) &&
        !(await this.isAlive(intent.process)) &&
        this.store.remove(intent.id)
      ) {
        const mine = {
          ...intent,
          id: this.newId(),
          process: this.self,
          note: { ...intent.note, origin: originOf(intent) },
        };
        this.store.save(mine);
        this.taken.add(intent.id);
        return mine;
      }
    }
    return undefined;
  }

  /** The records of interrupted runs that this process has not taken over and that fit, as they were when it began. */
  async abandoned(fits: (intent: Intent) => boolean): Promise<readonly Intent[]> {
    const found: Intent[] = [];
    for (const intent of (this.left ??= this.store.all())) {
      const open = !this.taken.has(intent.id) && !this.isOurs(intent) && fits(intent);
      if (open && !(await this.isAlive(intent.process))) found.push(intent);
    }
    return found;
  }

  /** Whether an interrupted run has left a record of the same wish. It stays as it is. */
  async isLeft(key: string): Promise<boolean> {
    const old = this.clock.now() - KEPT_MS;
    const alike = this.store
      .all()
      .filter((intent) => intent.key === key && intent.startedAt >= old && !this.isOurs(intent));
    for (const intent of alike) if (!(await this.isAlive(intent.process))) return true;
    return false;
  }

  private isOurs = ({ process }: Intent): boolean =>
    process.pid === this.self.pid && process.engine === this.self.engine;
}

/** The ID under which a record was first written: it stays the same when another process takes the record over. */
export const originOf = (intent: Intent): string => intent.note?.["origin"] ?? intent.id;
