import type { Clock } from "./clock";
import { CjaError, InvalidRequestError } from "./http/errors";
import { forEachKind, type ResourceKind } from "../model/resource-kinds";
import type { Lifecycle, Planner, Values } from "./lifecycle";

/** One for each kind of resource. */
export type Lifecycles = Readonly<Record<ResourceKind, Lifecycle & Planner>>;

/** No further deletion may arrive for this long: the engine starts parallel deletions within milliseconds, and saves its state in between. */
const QUIET_MS = 250;
/** The first one waits no longer for others. */
const MAX_WAIT_MS = 2_000;
/** How long an answer to "may it be deleted" stands. */
const ANSWER_LIFETIME_MS = 5 * 60_000;

/** Throws where the deletion would be refused. Undefined: there is nothing to check. */
type DeletionCheck = (() => Promise<void>) | undefined;

interface CachedAnswer {
  readonly at: number;
  readonly refusal: Promise<Error | undefined>;
}

/**
 * Runs the checks of all deletions before the first deletion of a run, so that a run that must fail deletes nothing.
 *
 * The engine tells a provider process which resources go only as it deletes them, one set after another (docs/decisions/deletions.md).
 * So the first deletion waits for those that come with it, and all of them are asked about together; with `--refresh`
 * the process has read every resource before, and knows them all. A resource that the plan has compared is one that the program
 * keeps: deleting what it was replaced by waits for nobody.
 */
export class DeletionGate {
  /** Whether this process works for a program: a destroy and a refresh check nothing. */
  private isProgramRun = false;
  private readonly plannedIds = new Set<string>();
  /** What was read and is there, and what has to be asked about it. */
  private readonly readIds = new Set<string>();
  private readonly checksById = new Map<string, NonNullable<DeletionCheck>>();
  private readonly answers = new Map<string, CachedAnswer>();
  /** Deletions that wait for the decision. */
  private readonly waiting = new Map<string, DeletionCheck>();
  private arrivalCount = 0;
  private decision: Promise<ReadonlyMap<string, Error>> | undefined;
  /** How many resources this run has deleted. */
  deletedCount = 0;

  constructor(private readonly clock: Clock) {}

  /** Call it when the engine checks a resource of the program. */
  onCheck(): void {
    this.isProgramRun = true;
  }

  /** The plan keeps, changes or replaces the resource. A refresh compares, too, but what it compares was not checked. */
  onPlanned(id: string): void {
    if (this.isProgramRun) this.plannedIds.add(id);
  }

  /** Call it when a resource was read and exists. */
  onRead(id: string, check: DeletionCheck): void {
    this.readIds.add(id);
    if (check) this.checksById.set(id, check);
  }

  /** Resolves when the resource may be deleted. Throws for each resource of the run where one of them may not be. */
  async waitForPermission(id: string, check: DeletionCheck): Promise<void> {
    if (this.plannedIds.has(id)) return check?.();
    this.waiting.set(id, check);
    this.arrivalCount += 1;
    const refusals = await (this.decision ??= this.decideForAll(id));
    if (refusals.size === 0) return this.throwIfRefused(id, check);
    throw refusals.get(id) ?? this.blockedError(refusals);
  }

  private async throwIfRefused(id: string, check: DeletionCheck): Promise<void> {
    const refusal = await this.runCheck(id, check);
    if (refusal !== undefined) throw refusal;
  }

  /** @returns the refusals by ID */
  private async decideForAll(first: string): Promise<ReadonlyMap<string, Error>> {
    // What was read tells of all that go: nobody has to be waited for.
    if (!this.readIds.has(first)) await this.waitUntilQuiet();
    const checked = new Set<string>();
    const refusals = new Map<string, Error>();
    // Those that come while others are asked about are asked about, too.
    for (;;) {
      const notPlanned = [...this.checksById].filter(([id]) => !this.plannedIds.has(id));
      const pending = [...new Map<string, DeletionCheck>([...notPlanned, ...this.waiting])].filter(
        ([id]) => !checked.has(id),
      );
      if (pending.length === 0) return refusals;
      await Promise.all(
        pending.map(async ([id, check]) => {
          checked.add(id);
          const refusal = await this.runCheck(id, check);
          if (refusal !== undefined) refusals.set(id, refusal);
        }),
      );
    }
  }

  private async waitUntilQuiet(): Promise<void> {
    const startedAt = this.clock.now();
    for (let arrivalsBefore = -1; arrivalsBefore !== this.arrivalCount && this.clock.now() - startedAt < MAX_WAIT_MS;) {
      arrivalsBefore = this.arrivalCount;
      await this.clock.sleep(QUIET_MS);
    }
  }

  private runCheck(id: string, check: DeletionCheck): Promise<Error | undefined> {
    if (!check) return Promise.resolve(undefined);
    const cached = this.answers.get(id);
    if (cached && this.clock.now() - cached.at < ANSWER_LIFETIME_MS) return cached.refusal;
    const refusal = check().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    this.answers.set(id, { at: this.clock.now(), refusal });
    return refusal;
  }

  /** The same error for each resource that is blocked, so that the engine prints it in full once. */
  private blockedError(refusals: ReadonlyMap<string, Error>): InvalidRequestError {
    const reasons = [...refusals].map(([id, refusal]) => {
      // What is deleted now has an error of its own; of what would have come later nobody else tells.
      if (refusal instanceof CjaError && this.waiting.has(id)) return `See the error of "${refusal.operation}".`;
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
export function gateDeletions(clock: Clock, lifecycles: Lifecycles): Lifecycles {
  const gate = new DeletionGate(clock);
  return forEachKind((kind) => withGate(lifecycles[kind], gate));
}

function withGate(lifecycle: Lifecycle & Planner, gate: DeletionGate): Lifecycle & Planner {
  const deletionCheck = (id: string, state: Values) => {
    const check = lifecycle.deletionCheck?.(id, state);
    return check && (() => check(gate.deletedCount));
  };
  return {
    check: (olds, news, resource) => {
      gate.onCheck();
      return lifecycle.check(olds, news, resource);
    },
    diff: (id, state, news, resource) => {
      gate.onPlanned(id);
      return lifecycle.diff(id, state, news, resource);
    },
    create: (inputs, resource) => lifecycle.create(inputs, resource),
    read: async (id, state) => {
      const found = await lifecycle.read(id, state);
      if (found) gate.onRead(id, deletionCheck(id, found.state));
      return found;
    },
    update: (id, state, news, resource) => lifecycle.update(id, state, news, resource),
    delete: async (id, state) => {
      await gate.waitForPermission(id, deletionCheck(id, state));
      await lifecycle.delete(id, state);
      gate.deletedCount += 1;
    },
    changed: (state, news, diff) => lifecycle.changed(state, news, diff),
    planned: (inputs, state, orgId) => lifecycle.planned(inputs, state, orgId),
  };
}
