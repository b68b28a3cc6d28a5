/** Lets work under one key go one after another, and work under different keys side by side. */
export class KeyedMutex {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Does the work when all that was asked for before under the key is over, however it ended. */
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
