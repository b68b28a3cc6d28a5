import { connect } from "node:net";
import type { Process } from "./intents";

/** This process. Pulumi's host is started with the address of its engine as the only argument. */
export function thisProcess(pid: number, args: readonly string[]): Process {
  const engine = args.find((arg) => /^[\w.[\]:-]+:\d{2,5}$/.test(arg));
  return engine === undefined ? { pid } : { pid, engine };
}

/**
 * Whether a process still works for somebody. A provider outlives an engine that was killed, so its engine must listen, too.
 */
export async function isAlive({ pid, engine }: Process): Promise<boolean> {
  if (!exists(pid)) return false;
  return engine === undefined || (await listens(engine));
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It exists, but belongs to another user.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Windows repeats a refused connection for two seconds before it tells. */
const CONNECT_TIMEOUT_MS = 5_000;

/** Only a refusal says that nobody is there: an engine that is busy or stopped is slow to answer, and comes back. */
function listens(address: string): Promise<boolean> {
  const colon = address.lastIndexOf(":");
  const host = address.slice(0, colon).replace(/^\[|\]$/g, "");
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(address.slice(colon + 1)), timeout: CONNECT_TIMEOUT_MS });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => done(true));
    socket.once("timeout", () => done(true));
    socket.once("error", (error) => done(!("code" in error && error.code === "ECONNREFUSED")));
  });
}
