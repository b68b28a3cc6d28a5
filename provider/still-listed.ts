import type { Clock } from "./clock";

/** A deletion may be missing in a listing for a moment. */
const RECHECK_PAUSES_MS = [0, 2_000, 5_000] as const;

/** Whether a listing has something that was deleted, also after some seconds. @param isListed looks anew each time */
export async function isStillListed(clock: Clock, isListed: () => Promise<boolean>): Promise<boolean> {
  for (const pause of RECHECK_PAUSES_MS) {
    await clock.sleep(pause);
    if (!(await isListed())) return false;
  }
  return true;
}
