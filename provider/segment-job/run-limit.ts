import type { SegmentJobInputs } from "../../model";
import { hasUnknown, isUnknown } from "../unknown-values";
import { throwIfDayIsFull } from "./run-limit-error";
import type { Reservation } from "./reserved-runs";
import { intentKey, runKey } from "./run-key";
import { startOfDay, listRunsSince, RunsByDay } from "./runs-of-day";
import type { SegmentJobServices } from "./services";

/** A run that has its place before it starts, since an active one was cancelled for it. */
interface HeldReservation {
  readonly sandbox: string;
  readonly dayStart: number;
  /** What runs; absent where that was not known yet. */
  readonly key: string | undefined;
  readonly reservation: Reservation;
}

/**
 * The setting `cja:maxRunsPerDay`: some tenants have few runs on demand a day, and one that Adobe would refuse is better refused
 * in a preview. Where none is set nothing is asked.
 */
export class RunLimit {
  private readonly usageByDay: RunsByDay;
  /** What shall run instead of an active job, by its ID: the engine does not say why it calls `delete`. */
  private readonly successorInputs = new Map<string, SegmentJobInputs>();
  private heldReservations: readonly HeldReservation[] = [];

  constructor(private readonly services: SegmentJobServices) {
    this.usageByDay = new RunsByDay(services.client, services.clock);
  }

  /**
   * Counts a run that the engine plans.
   *
   * @throws RunLimitError
   */
  async planRun(inputs: SegmentJobInputs): Promise<void> {
    const { maxRunsPerDay, mayRequestInPreview, clock } = this.services;
    const sandbox = this.sandboxOf(inputs);
    // Where it will run is known in the run itself, which plans anew.
    if (maxRunsPerDay === undefined || !mayRequestInPreview || isUnknown(sandbox)) return;
    if (await this.hasAbandoned(runKey(inputs, sandbox))) return;
    const day = await this.usageByDay.forSandbox(sandbox);
    throwIfDayIsFull(
      { ...day, runsAhead: day.plannedCount, aheadText: "planned before this one" },
      maxRunsPerDay,
      clock.now(),
    );
    day.plannedCount += 1;
  }

  /** Notes what `diff` has found: the run that an active job is to be cancelled for, if there is one. */
  noteSuccessor(id: string, inputs: SegmentJobInputs | undefined): void {
    if (inputs) this.successorInputs.set(id, inputs);
    else this.successorInputs.delete(id);
  }

  /**
   * Ends a job. One that is cancelled for another run is only cancelled when that run has its place: else the day's last run
   * would be lost, and none come for it.
   *
   * @throws RunLimitError
   */
  async endJob(id: string, endTask: () => Promise<void>): Promise<void> {
    const held = await this.reserveForSuccessor(this.successorInputs.get(id));
    this.successorInputs.delete(id);
    try {
      await endTask();
    } catch (error) {
      await held?.reservation.release();
      throw error;
    }
    if (held) this.heldReservations = [...this.heldReservations, held];
  }

  /**
   * Counts a run just before it starts: the preview, or the plan of a long `up`, may be hours old.
   *
   * @throws RunLimitError
   */
  async startRun(inputs: SegmentJobInputs, requestId: string): Promise<Reservation | undefined> {
    const { maxRunsPerDay } = this.services;
    if (maxRunsPerDay === undefined) return undefined;
    const sandbox = this.sandboxOf(inputs);
    const reservation = this.takeHeld(sandbox, runKey(inputs, sandbox)) ?? (await this.reserve(sandbox, maxRunsPerDay));
    await reservation.identify({ requestId });
    return reservation;
  }

  private async reserveForSuccessor(inputs: SegmentJobInputs | undefined): Promise<HeldReservation | undefined> {
    const { maxRunsPerDay, clock } = this.services;
    if (maxRunsPerDay === undefined || inputs === undefined) return undefined;
    const sandbox = this.sandboxOf(inputs);
    if (isUnknown(sandbox)) return undefined;
    const key = hasUnknown(inputs) ? undefined : runKey(inputs, sandbox);
    if (key !== undefined && (await this.hasAbandoned(key))) return undefined;
    const dayStart = startOfDay(clock.now());
    return { sandbox, dayStart, key, reservation: await this.reserve(sandbox, maxRunsPerDay) };
  }

  /** The place that is held for a run; yesterday's is none. */
  private takeHeld(sandbox: string, key: string): Reservation | undefined {
    const today = startOfDay(this.services.clock.now());
    const candidates = this.heldReservations.filter((held) => held.sandbox === sandbox && held.dayStart === today);
    const found = candidates.find((held) => held.key === key) ?? candidates.find((held) => held.key === undefined);
    this.heldReservations = this.heldReservations.filter((held) => held !== found);
    return found?.reservation;
  }

  private async reserve(sandbox: string, maxRuns: number): Promise<Reservation> {
    const { client, clock, runs } = this.services;
    const dayStart = startOfDay(clock.now());
    const reservation = await runs.reserve(sandbox, dayStart);
    try {
      const runsToday = await listRunsSince(client, sandbox, dayStart);
      const runsAhead = await reservation.countAhead(runsToday);
      throwIfDayIsFull(
        { sandbox, dayStart, runs: runsToday, runsAhead, aheadText: "under way on this machine" },
        maxRuns,
        clock.now(),
      );
      return reservation;
    } catch (error) {
      await reservation.release();
      throw error;
    }
  }

  /** What an interrupted run may have started is looked for before another run is counted. */
  private hasAbandoned = (key: string): Promise<boolean> => this.services.intents.hasAbandoned(intentKey(key));

  private sandboxOf = (inputs: SegmentJobInputs): string => inputs.sandbox ?? this.services.sandbox;
}
