import { connect } from "node:net";
import { z } from "zod";
import { isRunning, isSamePlace, placeContent, startOf, currentPlace, type ProcessPlace } from "./process-place";

/** A provider process and the engine it works for. */
export interface ProviderProcess {
  readonly pid: number;
  /** Where its engine listens, `host:port`; absent outside an engine. */
  readonly engine?: string;
  /** When it started, by its kernel's count; absent where that cannot be told. */
  readonly start?: string;
  /** Absent: here. */
  readonly place?: ProcessPlace;
}

/** As it is read from a store. */
export const processContent: z.ZodType<ProviderProcess> = z.object({
  pid: z.number(),
  engine: z.string().exactOptional(),
  start: z.string().exactOptional(),
  place: placeContent.exactOptional(),
});

/**
 * Whether a process works for somebody. `orphaned`: it runs, and its engine is gone. Of one in another place (a container, a machine)
 * nobody here knows.
 */
export type Liveness = boolean | "orphaned" | "unknown";

/** This process. Pulumi's host is started with the address of its engine as the only argument. */
export function thisProcess(pid: number, args: readonly string[]): ProviderProcess {
  const engine = args.find((arg) => /^[\w.[\]:-]+:\d{2,5}$/.test(arg));
  const start = startOf(pid);
  return { pid, ...(engine !== undefined && { engine }), ...(start !== undefined && { start }), place: currentPlace() };
}

/**
 * Whether a process still works for somebody. A provider outlives an engine that was killed, so its engine must listen, too.
 *
 * @param here where this process runs.
 */
export async function isAlive(
  { pid, engine, start, place }: ProviderProcess,
  here: ProcessPlace = currentPlace(),
): Promise<Liveness> {
  if (place && !isSamePlace(place, here)) return "unknown";
  if (!isRunning(pid, start)) return false;
  // A process may be seen by a container that has another network.
  if (engine === undefined || (place && place.net !== here.net)) return true;
  return (await isListening(engine)) || "orphaned";
}

/** Windows repeats a refused connection for two seconds before it tells. */
const CONNECT_TIMEOUT_MS = 5_000;

/** Only a refusal says that nobody is there: an engine that is busy or stopped is slow to answer, and comes back. */
function isListening(address: string): Promise<boolean> {
  const colon = address.lastIndexOf(":");
  const host = address.slice(0, colon).replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(address.slice(colon + 1)), timeout: CONNECT_TIMEOUT_MS });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => finish(true));
    socket.once("timeout", () => finish(true));
    socket.once("error", (error) => finish(!("code" in error && error.code === "ECONNREFUSED")));
  });
}
