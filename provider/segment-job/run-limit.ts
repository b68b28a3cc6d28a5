import type { SegmentJobInputs } from "../../model";
import { hasUnknown, isUnknown } from "../unknown-values";
import { refuseRun } from "./run-limit-error";
import type { Reservation } from "./reserved-runs";
import { recordKey, runKey } from "./run-key";
import { dayOf, runsSince, RunsOfDay } from "./runs-of-day";
import type { SegmentJobServices } from "./services";

/** A run that has its place before it starts, since an active one was cancelled for it. */
interface Held {
  readonly sandbox: string;
  readonly began: number;
  /** What runs; absent where that was not known yet. */
  readonly key: string | undefined;
  readonly reservation: Reservation;
}

/**
 * The setting `cja:maxRunsPerDay`: some tenants have few runs on demand a day, and one that Adobe would refuse is better refused
 * in a preview. Where none is set nothing is asked.
 */
export class RunLimit {
  private readonly days: RunsOfDay;
  /** What shall run instead of an active job, by its ID: `delete` is not told why it is called. */
  private readonly successors = new Map<string, SegmentJobInputs>();
  private held: readonly Held[] = [];

  constructor(private readonly services: SegmentJobServices) {
    this.days = new RunsOfDay(services.client, services.clock);
  }

  /**
   * Counts a run that the engine plans.
   *
   * @throws RunLimitError
   */
  async plan(inputs: SegmentJobInputs): Promise<void> {
    const { maxRunsPerDay, asksInPreview, clock } = this.services;
    const sandbox = this.sandboxOf(inputs);
    // Where it will run is known in the run itself, which plans anew.
    if (maxRunsPerDay === undefined || !asksInPreview || isUnknown(sandbox)) return;
    if (await this.isLeft(runKey(inputs, sandbox))) return;
    const day = await this.days.in(sandbox);
    refuseRun({ ...day, before: day.planned, how: "planned before this one" }, maxRunsPerDay, clock.now());
    day.planned += 1;
  }

  /** Notes what `diff` has found: the run that an active job is to be cancelled for, if there is one. */
  succeeds(id: string, inputs: SegmentJobInputs | undefined): void {
    if (inputs) this.successors.set(id, inputs);
    else this.successors.delete(id);
  }

  /**
   * Ends a job. One that is cancelled for another run is only cancelled when that run has its place: else the day's last run
   * would be lost, and none come for it.
   *
   * @throws RunLimitError
   */
  async ending(id: string, end: () => Promise<void>): Promise<void> {
    const held = await this.hold(this.successors.get(id));
    this.successors.delete(id);
    try {
      await end();
    } catch (error) {
      await held?.reservation.release();
      throw error;
    }
    if (held) this.held = [...this.held, held];
  }

  /**
   * Counts a run just before it starts: the preview, or the plan of a long `up`, may be hours old.
   *
   * @throws RunLimitError
   */
  async start(inputs: SegmentJobInputs, requestId: string): Promise<Reservation | undefined> {
    const { maxRunsPerDay } = this.services;
    if (maxRunsPerDay === undefined) return undefined;
    const sandbox = this.sandboxOf(inputs);
    const reservation = this.taken(sandbox, runKey(inputs, sandbox)) ?? (await this.reserve(sandbox, maxRunsPerDay));
    await reservation.note({ requestId });
    return reservation;
  }

  private async hold(inputs: SegmentJobInputs | undefined): Promise<Held | undefined> {
    const { maxRunsPerDay, clock } = this.services;
    if (maxRunsPerDay === undefined || inputs === undefined) return undefined;
    const sandbox = this.sandboxOf(inputs);
    if (isUnknown(sandbox)) return undefined;
    const key = hasUnknown(inputs) ? undefined : runKey(inputs, sandbox);
    if (key !== undefined && (await this.isLeft(key))) return undefined;
    const began = dayOf(clock.now());
    return { sandbox, began, key, reservation: await this.reserve(sandbox, maxRunsPerDay) };
  }

  /** The place that is held for a run; yesterday's is none. */
  private taken(sandbox: string, key: string): Reservation | undefined {
    const today = dayOf(this.services.clock.now());
    const fit = this.held.filter((held) => held.sandbox === sandbox && held.began === today);
    const found = fit.find((held) => held.key === key) ?? fit.find((held) => held.key === undefined);
    this.held = this.held.filter((held) => held !== found);
    return found?.reservation;
  }

  private async reserve(sandbox: string, most: number): Promise<Reservation> {
    const { client, clock, runs } = this.services;
    const began = dayOf(clock.now());
    const reservation = await runs.reserve(sandbox, began);
    try {
      const made = await runsSince(client, sandbox, began);
      const before = await reservation.ahead(made);
      refuseRun({ sandbox, began, made, before, how: "under way on this machine" }, most, clock.now());
      return reservation;
    } catch (error) {
      await reservation.release();
      throw error;
    }
  }

  /** What an interrupted run may have started is looked for before another run is counted. */
  private isLeft = (key: string): Promise<boolean> => this.services.intents.isLeft(recordKey(key));

  private sandboxOf = (inputs: SegmentJobInputs): string => inputs.sandbox ?? this.services.sandbox;
}
