import { isAlive, type Process } from "./engine-process";

/** An engine that was killed does not tell its provider, which would wait for questions for ever. */
export const LOOK_MS = 5_000;

/**
 * Ends this process when its engine is gone, as a kill would: the records on disk let the next run settle what was under way.
 * Also when nobody reads its output any more: Pulumi's host prints the error of a print that failed, which fails in turn, and
 * so on, with all of a core.
 *
 * @param end ends the process
 */
export function endWithEngine(self: Process, end: () => void, lookMs = LOOK_MS): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", end);
  if (self.engine === undefined) return;
  const look = () => void isAlive(self).then((alive) => (alive === true ? undefined : end()));
  setInterval(look, lookMs).unref();
}
