/** The processes of this machine: who started whom. A slim container has no `ps`, and macOS no /proc. */
import { execFile } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { promisify } from "node:util";

interface Entry {
  readonly pid: number;
  readonly parent: number;
}

const run = promisify(execFile);

/** All that run. One that has ended and that nobody has asked about yet (a "zombie") does not. */
async function running(): Promise<Entry[]> {
  if (existsSync("/proc/self/stat")) return fromProc();
  const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid=,state="]);
  return stdout.split("\n").flatMap((line) => entry(line.trim().split(/\s+/)));
}

function fromProc(): Entry[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
        // "pid (name, which may hold blanks) state parent …"
        const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        return entry([pid, parent, state]);
      } catch (error) {
        if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
        throw error;
      }
    });
}

function entry([pid, parent, state]: readonly (string | undefined)[]): Entry[] {
  return pid && parent && !state?.startsWith("Z") ? [{ pid: Number(pid), parent: Number(parent) }] : [];
}

/** What was started below a process. Plugins are in groups of their own, so that ending the engine's group is not enough. */
export async function descendants(pid: number): Promise<number[]> {
  const all = await running();
  const below = (parent: number): number[] =>
    all.flatMap((child) => (child.parent === parent ? [child.pid, ...below(child.pid)] : []));
  return below(pid);
}

/** Those of these processes that still run. */
export async function alive(pids: readonly number[]): Promise<number[]> {
  const all = new Set((await running()).map(({ pid }) => pid));
  return pids.filter((pid) => all.has(pid));
}
