import { readFileSync } from "node:fs";
import { descendants } from "../../test/engine/harness/process-tree";
import { peakMemoryOf } from "../../test/provider-process/process-usage";

/** The peak of a process is kept by the system, so that looking rarely misses only what its last moments add. */
const LOOK_EVERY_MS = 200;

/**
 * Watches the provider processes that a `pulumi` process starts, one after the other.
 *
 * @returns ends the watch and answers the highest peak among them, in bytes; undefined without /proc.
 */
export function watchProviders(engine: number): () => Promise<number | undefined> {
  let highest: number | undefined;
  const look = async () => {
    for (const pid of await descendants(engine)) {
      if (!isProvider(pid)) continue;
      highest = Math.max(highest ?? 0, peakMemoryOf(pid) ?? 0);
    }
  };
  let watching = process.platform === "linux";
  const watch = async () => {
    while (watching) {
      await look();
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
  const watched = watch();
  return async () => {
    watching = false;
    await watched;
    return highest;
  };
}

function isProvider(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("dynamic-provider");
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}
