import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { z } from "zod";
import { errorCode } from "../error-code";

/**
 * Where a process ID means one process. Two containers have PIDs of their own, and a machine gives them out anew after a restart:
 * of a process in another place nobody here can tell whether it runs.
 */
export interface ProcessPlace {
  /** The machine's name, or the container's. Elsewhere than on Linux it is all that is known. */
  readonly host: string;
  /** The start of the kernel. Linux only, as what follows. */
  readonly boot?: string;
  /** The namespace of the PIDs. */
  readonly pids?: string;
  /** The namespace of network addresses: 127.0.0.1 of another one is another machine's. */
  readonly net?: string;
}

export const placeContent: z.ZodType<ProcessPlace> = z.object({
  host: z.string(),
  boot: z.string().exactOptional(),
  pids: z.string().exactOptional(),
  net: z.string().exactOptional(),
});

/** The place of this process. */
export function currentPlace(): ProcessPlace {
  const boot = readOrUndefined(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim());
  const pids = readOrUndefined(() => readlinkSync("/proc/self/ns/pid"));
  const net = readOrUndefined(() => readlinkSync("/proc/self/ns/net"));
  return {
    host: hostname(),
    ...(boot !== undefined && { boot }),
    ...(pids !== undefined && { pids }),
    ...(net !== undefined && { net }),
  };
}

/** Whether a PID means the same process in both. */
export const isSamePlace = (one: ProcessPlace, other: ProcessPlace): boolean =>
  one.host === other.host && one.boot === other.boot && one.pids === other.pids;

/** When a process of this place started, by its kernel's count: a PID that is given out again has another start. Linux only. */
export const startOf = (pid: number): string | undefined => statOf(pid)?.start;

/** Whether a process of this place runs. @param start as `startOf` told, where that is known. */
export function isRunning(pid: number, start?: string): boolean {
  if (!exists(pid)) return false;
  const stat = statOf(pid);
  if (stat === undefined) return true;
  // One that was killed stays as a zombie until its parent asks for it, which in a container may be never.
  return !["Z", "X"].includes(stat.state) && (start === undefined || start === stat.start);
}

/** Signal 0 asks only. EPERM means that it runs for another user. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === "EPERM";
  }
}

/** `/proc/PID/stat`: "pid (name, which may hold blanks and brackets) state …", the start is the 22nd field of all. */
function statOf(pid: number): { readonly state: string; readonly start: string } | undefined {
  const stat = readOrUndefined(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [state, start] = [fields?.[0], fields?.[19]];
  return state === undefined || start === undefined ? undefined : { state, start };
}

/** Undefined where the system has no such file. */
function readOrUndefined(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
