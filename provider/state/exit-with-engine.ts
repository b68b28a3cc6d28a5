import { isAlive, type ProviderProcess } from "./engine-process";

/** An engine that was killed does not tell its provider, which would wait for questions for ever. */
export const ENGINE_CHECK_MS = 2_000;

/**
 * Ends this process when its engine is gone, as a kill would: the records on disk let the next run settle what was under way.
 * Also when nobody reads its output any more: Pulumi's host prints the error of a print that failed, which fails in turn, and
 * so on, with all of a core.
 *
 * @param exit ends the process
 */
export function exitWithEngine(self: ProviderProcess, exit: () => void, intervalMs = ENGINE_CHECK_MS): void {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", exit);
  if (self.engine === undefined) return;
  const checkEngine = () => void isAlive(self).then((alive) => (alive === true ? undefined : exit()));
  setInterval(checkEngine, intervalMs).unref();
}

/**
 * The engine has done its work, has written its state, and asks this process to end: within five seconds it may still settle what the
 * engine has heard. An older engine kills it at once.
 *
 * @param exit ends the process
 */
export function exitOnSignal(finish: () => Promise<void>, exit: () => void): void {
  // On Windows it is Ctrl+Break.
  for (const signal of ["SIGINT", "SIGBREAK"] as const) process.once(signal, () => void finish().finally(exit));
}
