/** Lets work under one key go one after another, and work under different keys side by side. */
export class Turns {
  private readonly last = new Map<string, Promise<unknown>>();

  /** Does the work when all that was asked for before under the key is over, however it ended. */
  take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.last.get(key) ?? Promise.resolve()).then(work, work);
    this.last.set(key, mine);
    const leave = () => {
      if (this.last.get(key) === mine) this.last.delete(key);
    };
    mine.then(leave, leave);
    return mine;
  }
}
