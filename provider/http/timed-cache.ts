import type { Clock } from "../clock";

/** What answers have told, for as long as it stands for the service. */
export class TimedCache<T> {
  private readonly entries = new Map<string, { readonly value: T; readonly at: number }>();

  /** @param isFinal whether a value does not change any more. */
  constructor(
    private readonly clock: Clock,
    private readonly freshMs: number,
    private readonly isFinal: (value: T) => boolean = () => false,
  ) {}

  get(id: string): T | undefined {
    const entry = this.entries.get(id);
    return entry && (this.isFinal(entry.value) || this.isFresh(entry.at)) ? entry.value : undefined;
  }

  /** @param at when it was true, if not now. */
  set(id: string, value: T, at: number = this.clock.now()): void {
    this.entries.set(id, { value, at });
  }

  /** Drops what is known of something that was written. */
  forget(id: string): void {
    this.entries.delete(id);
  }

  isFresh(at: number): boolean {
    return this.clock.now() - at < this.freshMs;
  }

  /** The IDs of all entries that were ever set. */
  get ids(): readonly string[] {
    return [...this.entries.keys()];
  }
}
