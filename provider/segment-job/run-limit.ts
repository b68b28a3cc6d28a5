import type { SegmentJobInputs } from "../../inputs";
import { isUnknown } from "../unknown-values";
import { refuseRun } from "./refused-run";
import { recordKey, runKey } from "./run-key";
import { RunsOfDay } from "./runs-of-day";
import type { SegmentJobServices } from "./services";

/**
 * The setting `cja:maxRunsPerDay`: some tenants have few runs on demand a day, and one that Adobe would refuse is better refused
 * in a preview. Where none is set nothing is asked.
 */
export class RunLimit {
  private readonly days: RunsOfDay;
  /** Runs that are counted and not made yet, by what they run: `create` is not told of the `check` before it. */
  private readonly counted = new Map<string, number>();

  constructor(private readonly services: SegmentJobServices) {
    this.days = new RunsOfDay(services.client, services.clock);
  }

  /**
   * Counts a run that the engine plans.
   *
   * @throws RunLimitError
   */
  async plan(inputs: SegmentJobInputs): Promise<void> {
    const { maxRunsPerDay, asksInPreview, intents, sandbox: usual } = this.services;
    const sandbox = inputs.sandbox ?? usual;
    // Where it will run is known in the run itself, which plans anew.
    if (maxRunsPerDay === undefined || !asksInPreview || isUnknown(sandbox)) return;
    const key = runKey(inputs, sandbox);
    if (await intents.isLeft(recordKey(key))) return;
    await this.count(sandbox, maxRunsPerDay);
    this.counted.set(key, (this.counted.get(key) ?? 0) + 1);
  }

  /**
   * Counts a run before it starts, unless that was done when it was planned: a preview may send nothing, or a run that was
   * interrupted seemed to be there to be taken over.
   *
   * @throws RunLimitError
   */
  async start(inputs: SegmentJobInputs): Promise<void> {
    const { maxRunsPerDay, sandbox: usual } = this.services;
    if (maxRunsPerDay === undefined) return;
    const sandbox = inputs.sandbox ?? usual;
    const key = runKey(inputs, sandbox);
    const before = this.counted.get(key) ?? 0;
    if (before > 0) this.counted.set(key, before - 1);
    else await this.count(sandbox, maxRunsPerDay);
  }

  private async count(sandbox: string, most: number): Promise<void> {
    const day = await this.days.in(sandbox);
    refuseRun(day, most, this.services.clock.now());
    day.planned += 1;
  }
}
