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

/**
 * The engine has done its work, has written its state, and asks this process to end: within five seconds it may still settle what the
 * engine has heard. An older engine kills it at once.
 *
 * @param end ends the process
 */
export function endWhenAsked(settle: () => Promise<void>, end: () => void): void {
  // On Windows it is Ctrl+Break.
  for (const signal of ["SIGINT", "SIGBREAK"] as const) process.once(signal, () => void settle().finally(end));
}
