/** Queues side by side that are served in turns: within each, first come, first served. */
export class FairQueue<T> {
  private readonly queues = new Map<string, T[]>();

  /** How many wait. */
  get size(): number {
    return [...this.queues.values()].reduce((sum, queue) => sum + queue.length, 0);
  }

  push(lane: string, item: T): void {
    const queue = this.queues.get(lane);
    if (queue) queue.push(item);
    else this.queues.set(lane, [item]);
  }

  /** The next one, of the lane whose turn it is. */
  shift(): T | undefined {
    for (const [lane, queue] of this.queues) {
      this.queues.delete(lane);
      const next = queue.shift();
      // To the end of the line of lanes: the others come first next time.
      if (queue.length > 0) this.queues.set(lane, queue);
      if (next !== undefined) return next;
    }
    return undefined;
  }

  /** How many wait in each lane. */
  counts(): ReadonlyMap<string, number> {
    return new Map([...this.queues].map(([lane, queue]) => [lane, queue.length]));
  }
}
