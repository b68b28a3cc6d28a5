/** What a process has used so far, by the system's own account; undefined where there is no /proc, or no such process. */
import { readFileSync } from "node:fs";

/** The most memory that it has had at once, in bytes (VmHWM). */
export function peakMemoryOf(pid: number): number | undefined {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(textOf(pid, "status") ?? "")?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** Linux counts in hundredths of a second (USER_HZ), whatever the kernel itself does. */
const TICKS_A_SECOND = 100;

/** Seconds of processor time, of its own and of the system for it. Unlike the clock's they do not count what others run beside. */
export function processorSecondsOf(pid: number): number | undefined {
  const stat = textOf(pid, "stat");
  // "pid (name, which may hold blanks) state …": the 14th and 15th field of all.
  const [user, system] =
    stat
      ?.slice(stat.lastIndexOf(")") + 2)
      .split(" ")
      .slice(11, 13) ?? [];
  return user === undefined || system === undefined ? undefined : (Number(user) + Number(system)) / TICKS_A_SECOND;
}

function textOf(pid: number, file: "status" | "stat"): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}
