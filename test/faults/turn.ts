/** Lets everything happen that is ready to. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Tells whether work is over, however it ended. */
export function overOf(work: Promise<unknown>): () => boolean {
  let over = false;
  const end = () => void (over = true);
  work.then(end, end);
  return () => over;
}

/**
 * Waits until the service has got a request that it will not answer, and has done with it what it does.
 *
 * @throws when the work that should have sent it is over before.
 */
export async function unanswered(work: Promise<unknown>, hasOne: () => boolean): Promise<void> {
  const isOver = overOf(work);
  while (!hasOne()) {
    if (isOver()) throw new Error("The command was over before its process could be killed.");
    await turn();
  }
  // The work of the service takes a few turns from there.
  for (let turns = 0; turns < 20; turns += 1) await turn();
}
