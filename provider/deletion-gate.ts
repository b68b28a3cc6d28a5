import type { Clock } from "./clock";
import { CjaError, InvalidRequestError } from "./http/errors";
import type { Lifecycle, Values } from "./lifecycle";

/** The engine begins deletions that may go side by side within milliseconds, and saves its state in between: so long none has to come. */
const QUIET_MS = 250;
/** The first one waits no longer for others. */
const LONGEST_WAIT_MS = 2_000;
/** How long an answer to "may it be deleted" stands. */
const FRESH_MS = 5 * 60_000;

/** Throws where a deletion would be refused. Undefined: there is nothing to ask. */
type Question = (() => Promise<void>) | undefined;

interface Answer {
  readonly at: number;
  readonly refusal: Promise<Error | undefined>;
}

/**
 * Asks what can be asked before the first deletion of a run, so that a run that must fail deletes nothing.
 *
 * The engine tells a provider process which resources go only as it deletes them, one set after another (docs/decisions/deletions.md).
 * So the first deletion waits for those that come with it, and all of them are asked about together; with `--refresh`
 * the process has read every resource before, and knows them all. A resource that the plan has compared is one that the program
 * keeps: deleting what it was replaced by waits for nobody.
 */
export class DeletionGate {
  /** Whether this process works for a program: a destroy and a refresh check nothing. */
  private planning = false;
  private readonly planned = new Set<string>();
  /** What was read and is there, and what has to be asked about it. */
  private readonly read = new Set<string>();
  private readonly questions = new Map<string, NonNullable<Question>>();
  private readonly answers = new Map<string, Answer>();
  /** Deletions that wait for the decision. */
  private readonly waiting = new Map<string, Question>();
  private arrivals = 0;
  private decision: Promise<ReadonlyMap<string, Error>> | undefined;
  /** How many resources this run has deleted. */
  deleted = 0;

  constructor(private readonly clock: Clock) {}

  /** The program wants a resource. */
  checks(): void {
    this.planning = true;
  }

  /** The plan keeps, changes or replaces the resource. A refresh compares, too, but what it compares was not checked. */
  plans(id: string): void {
    if (this.planning) this.planned.add(id);
  }

  /** The resource was read, and is there. */
  reads(id: string, mayGo: Question): void {
    this.read.add(id);
    if (mayGo) this.questions.set(id, mayGo);
  }

  /** Settles when the resource may be deleted. Throws, for each resource of the run, where one of them may not. */
  async pass(id: string, mayGo: Question): Promise<void> {
    if (this.planned.has(id)) return mayGo?.();
    this.waiting.set(id, mayGo);
    this.arrivals += 1;
    const refusals = await (this.decision ??= this.decide(id));
    if (refusals.size === 0) return this.check(id, mayGo);
    throw refusals.get(id) ?? this.held(refusals);
  }

  private async check(id: string, mayGo: Question): Promise<void> {
    const refusal = await this.ask(id, mayGo);
    if (refusal !== undefined) throw refusal;
  }

  /** @returns the refusals by ID */
  private async decide(first: string): Promise<ReadonlyMap<string, Error>> {
    // What was read tells of all that go: nobody has to be waited for.
    if (!this.read.has(first)) await this.standstill();
    const asked = new Set<string>();
    const refusals = new Map<string, Error>();
    // Those that come while others are asked about are asked about, too.
    for (;;) {
      const going = [...this.questions].filter(([id]) => !this.planned.has(id));
      const more = [...new Map<string, Question>([...going, ...this.waiting])].filter(([id]) => !asked.has(id));
      if (more.length === 0) return refusals;
      await Promise.all(
        more.map(async ([id, mayGo]) => {
          asked.add(id);
          const refusal = await this.ask(id, mayGo);
          if (refusal !== undefined) refusals.set(id, refusal);
        }),
      );
    }
  }

  private async standstill(): Promise<void> {
    const began = this.clock.now();
    for (let seen = -1; seen !== this.arrivals && this.clock.now() - began < LONGEST_WAIT_MS;) {
      seen = this.arrivals;
      await this.clock.sleep(QUIET_MS);
    }
  }

  private ask(id: string, mayGo: Question): Promise<Error | undefined> {
    if (!mayGo) return Promise.resolve(undefined);
    const known = this.answers.get(id);
    if (known && this.clock.now() - known.at < FRESH_MS) return known.refusal;
    const refusal = mayGo().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    this.answers.set(id, { at: this.clock.now(), refusal });
    return refusal;
  }

  /** The same for each that is held up, so that it is printed in full once. */
  private held(refusals: ReadonlyMap<string, Error>): InvalidRequestError {
    const reasons = [...refusals].map(([id, refusal]) => {
      // What is deleted now has an error of its own; of what would have come later nobody else tells.
      if (refusal instanceof CjaError && this.waiting.has(id)) return `The error of "${refusal.operation}" says why.`;
      return refusal.message;
    });
    return new InvalidRequestError({
      operation: "delete this resource",
      method: "",
      path: "",
      happened: "another deletion of this run would fail, so this run deletes nothing",
      advice: reasons.join("\n"),
    });
  }
}

/** The lifecycles of a process, whose deletions pass one gate. */
export function gateDeletions<L extends { readonly segment: Lifecycle; readonly segmentJob: Lifecycle }>(
  clock: Clock,
  lives: L,
): L {
  const gate = new DeletionGate(clock);
  return { ...lives, segment: gated(lives.segment, gate), segmentJob: gated(lives.segmentJob, gate) };
}

function gated(life: Lifecycle, gate: DeletionGate): Lifecycle {
  const mayGo = (id: string, state: Values) => {
    const question = life.mayDelete?.(id, state);
    return question && (() => question(gate.deleted));
  };
  return {
    check: (olds, news, resource) => {
      gate.checks();
      return life.check(olds, news, resource);
    },
    diff: (id, state, news, resource) => {
      gate.plans(id);
      return life.diff(id, state, news, resource);
    },
    create: (inputs, resource) => life.create(inputs, resource),
    read: async (id, state) => {
      const found = await life.read(id, state);
      if (found) gate.reads(id, mayGo(id, found.state));
      return found;
    },
    update: (id, state, news, resource) => life.update(id, state, news, resource),
    delete: async (id, state) => {
      await gate.pass(id, mayGo(id, state));
      await life.delete(id, state);
      gate.deleted += 1;
    },
  };
}
