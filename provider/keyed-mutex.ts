/** Runs work with the same key one after another, and work with different keys in parallel. */
export class KeyedMutex {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Runs the work when all earlier work with this key has ended, with or without an error. */
  runExclusive<T>(key: string, work: () => Promise<T>): Promise<T> {
    const current = (this.last.get(key) ?? Promise.resolve()).then(work, work);
    this.last.set(key, current);
    const cleanUp = () => {
      if (this.last.get(key) === current) this.last.delete(key);
    };
    current.then(cleanUp, cleanUp);
    return current;
  }
}
