import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { buildSync } from "esbuild";

const checkout = resolve(__dirname, "../..");

/** A process that has lasted so long, many times its work on the slowest machine, tells what keeps it alive, and ends with a status that nothing else has. */
const WATCH = `
setTimeout(() => {
  process.stderr.write("kept alive by: " + process.getActiveResourcesInfo().join(", ") + "\\n");
  process.exit(99);
}, 120_000).unref();
`;

export interface Ended {
  readonly status: number | null;
  readonly written: string;
  readonly said: string;
}

/** `pulumi-cja` and programs with lookups as users run them: each in a process of its own, with a home of its own. */
export class OwnProcesses {
  private readonly folder: string;
  private readonly running = new Set<ChildProcessWithoutNullStreams>();

  constructor() {
    // Below the checkout, so that they find their packages.
    mkdirSync(join(checkout, ".tmp"), { recursive: true });
    this.folder = mkdtempSync(join(checkout, ".tmp", "processes-"));
    const entryPoints = { cli: join(checkout, "cli/main.ts"), lookups: join(__dirname, "lookups-program.ts") };
    buildSync({ entryPoints, outdir: this.folder, bundle: true, packages: "external", platform: "node" });
    writeFileSync(join(this.folder, "package.json"), '{ "version": "0.0.0" }');
    writeFileSync(join(this.folder, "watch.js"), WATCH);
  }

  /** A path in a folder of the processes: what they are to write. */
  path(name: string): string {
    return join(this.folder, name);
  }

  /** Starts one that inherits nothing but the path, and the folder unless another one is named. */
  start(
    what: "cli" | "lookups",
    args: readonly string[],
    environment: Readonly<Record<string, string>>,
    cwd?: string,
  ): ChildProcessWithoutNullStreams {
    const node = ["--require", this.path("watch.js"), this.path(`${what}.js`)];
    const child = spawn(process.execPath, [...node, ...args], {
      cwd,
      env: { PATH: process.env["PATH"], HOME: this.folder, XDG_STATE_HOME: this.path("state"), ...environment },
    });
    this.running.add(child);
    child.once("close", () => this.running.delete(child));
    return child;
  }

  /** Runs one until it ends by itself. */
  async run(...start: Parameters<OwnProcesses["start"]>): Promise<Ended> {
    const child = this.start(...start);
    child.stdin.end();
    return ended(child);
  }

  async dispose(): Promise<void> {
    await Promise.all(
      [...this.running].map(async (child) => {
        child.kill("SIGKILL");
        await once(child, "close");
      }),
    );
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const [written, said] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { status: child.exitCode, written, said };
}
