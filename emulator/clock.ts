/** "real": the wall clock plus whatever `advance` has added. "manual": time stands still until `advance`. */
export type ClockMode = "real" | "manual";

/** The emulator's time, as control shows it. */
export interface ClockState {
  /** "real" goes on by itself, "manual" by `advance` only. */
  readonly mode: ClockMode;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The emulator's own time: timestamps, jobs, tokens and limits read it, so that a test can move it. */
export class EmulatorClock {
  private mode: ClockMode;
  private offset = 0;
  private frozenAt: number;

  /**
   * @param initialMode what `reset` goes back to.
   * @param wall the clock behind it, in ms since 1970; a manual clock starts at its present value.
   */
  constructor(
    private readonly initialMode: ClockMode = "real",
    private readonly wall: () => number = Date.now,
  ) {
    this.mode = initialMode;
    this.frozenAt = wall();
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.mode === "manual" ? this.frozenAt : this.wall() + this.offset;
  }

  advance(ms: number): void {
    this.frozenAt += ms;
    this.offset += ms;
  }

  /** Changes the mode, the time, or both; a change of mode alone keeps the time. */
  set(change: { mode?: ClockMode | undefined; now?: number | undefined }): void {
    const now = change.now ?? this.now();
    this.mode = change.mode ?? this.mode;
    this.frozenAt = now;
    this.offset = now - this.wall();
  }

  state(): ClockState {
    return { mode: this.mode, now: this.now() };
  }

  reset(): void {
    this.mode = this.initialMode;
    this.offset = 0;
    this.frozenAt = this.wall();
  }
}
