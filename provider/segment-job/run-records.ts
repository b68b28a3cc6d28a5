import { z } from "zod";
import { hash } from "../../definition/hash";
import { processContent, type ProviderProcess } from "../state/engine-process";
import type { Records } from "../state/record-store";

/** A run that counts from before its POST, when no listing shows it yet. */
export interface RunRecord {
  readonly id: string;
  readonly process: ProviderProcess;
  /** When its process last wrote it, in milliseconds since 1970. */
  readonly at: number;
  /** Both tell the run from those that a listing has. */
  readonly requestId?: string;
  readonly jobId?: string;
}

/** The runs of the processes that share a store under `cja:maxRunsPerDay`: a list for each sandbox and day, the first comer first. */
export interface RunRecords {
  /**
   * Changes a list while no other process does.
   *
   * @param dayStart when the day began, in milliseconds since 1970.
   * @returns the list as it was.
   */
  update(
    sandbox: string,
    dayStart: number,
    edit: (records: readonly RunRecord[]) => readonly RunRecord[],
  ): Promise<readonly RunRecord[]>;
}

const content: z.ZodType<RunRecord[]> = z.array(
  z.object({
    id: z.string(),
    process: processContent,
    at: z.number(),
    requestId: z.string().exactOptional(),
    jobId: z.string().exactOptional(),
  }),
);

/** A day of another time zone is over then, too. */
export const RUN_LIFETIME_MS = 2 * 86_400_000;

/** Keeps each list as a record. */
export const runRecordsIn = (records: Records): RunRecords => ({
  update: async (sandbox, dayStart, edit) => {
    // A sandbox may be secret, and records are not.
    const name = hash([sandbox, dayStart]);
    for (;;) {
      const record = await records.read(name);
      const before = content.safeParse(record?.value).data ?? [];
      const after = edit(before);
      if (after === before) return before;
      // Somebody who was faster is no failure: the list is read again.
      if (await (record ? record.replace(after) : records.create(name, after))) return before;
    }
  },
});
