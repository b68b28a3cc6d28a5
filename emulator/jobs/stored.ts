import type { Store } from "../store";
import type { JobFields, JobRecord } from "./job";

export function createJob(store: Store, fields: JobFields, now: number): JobRecord {
  const scheduled = fields.source === "scheduler";
  const schedule = scheduled ? { scheduleId: store.nextUuid("schedule"), runId: store.nextUuid("run") } : null;
  return store.jobs.put({
    id: store.nextUuid("job"),
    schemaName: "_xdm.context.profile",
    requestId: schedule ? `${schedule.scheduleId}-${now}` : store.nextUuid("request"),
    schedule,
    computeJobId: 8000 + store.nextNumber(),
    created: now,
    cancelRequested: null,
    fixed: null,
    ...fields,
  });
}
