import { z } from "zod";
import type { StateFolder } from "../http/state-folder";
import type { Process } from "../intents";

/** A run that counts from before its POST, when no listing shows it yet. */
export interface RunRecord {
  readonly id: string;
  readonly process: Process;
  /** Both tell the run from those that a listing has. */
  readonly requestId?: string;
  readonly jobId?: string;
}

/** The runs of this host's processes under `cja:maxRunsPerDay`: a list for each sandbox and day, the first comer first. */
export interface RunRecords {
  /**
   * Changes a list while no other process does.
   *
   * @param began when the day began, in milliseconds since 1970.
   * @returns the list as it was.
   */
  change(
    sandbox: string,
    began: number,
    changed: (records: readonly RunRecord[]) => readonly RunRecord[],
  ): Promise<readonly RunRecord[]>;
}

const content: z.ZodType<RunRecord[]> = z.array(
  z.object({
    id: z.string(),
    process: z.object({ pid: z.number(), engine: z.string().exactOptional() }),
    requestId: z.string().exactOptional(),
    jobId: z.string().exactOptional(),
  }),
);

/** Keeps them in the state folder. */
export function runRecordFiles(folder: StateFolder, nameOf: (sandbox: string, began: number) => string): RunRecords {
  return {
    change: (sandbox, began, changed) => {
      const name = nameOf(sandbox, began);
      return folder.lock(name, () => {
        const before = content.safeParse(folder.readJson(name)).data ?? [];
        const after = changed(before);
        if (after !== before) folder.writeJson(name, after);
        return before;
      });
    },
  };
}
