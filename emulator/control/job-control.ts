import type { JobOutcome, JobRecord, JobStatus, JobTiming } from "../jobs/job";
import { createJob } from "../jobs/writing";
import type { Tenant } from "../tenant";
import { parseInput, defined, throwUnknownId } from "./parse-input";
import { neutralJob, type NeutralJob } from "./neutral";
import type { JobPatch, NewJob, OutcomeInput } from "./inputs";
import { jobPatchSchema, newJobSchema, outcomeSchema } from "./schemas";

/** What a job says of itself when it fails and the test does not care (example of the OpenAPI document). */
const usualError = {
  code: "8.0000018E7",
  msg: 'com.microsoft.azure.documentdb.DocumentClientException: Message: {"Errors":["Request rate is large"]}',
};

/** Jobs that the client has not started, and how all of them end. */
export class JobControl {
  constructor(private readonly tenant: Tenant) {}

  all(): NeutralJob[] {
    const now = this.tenant.clock.now();
    return this.tenant.store.jobs.all().map((job) => neutralJob(job, now));
  }

  add(input: NewJob): NeutralJob {
    const { store, clock, switches } = this.tenant;
    const { source = "api", sandbox = "prod", segmentIds, ...rest } = parseInput(newJobSchema, input);
    const base = { source, sandbox, segmentIds, outcome: switches.jobOutcome };
    const job = createJob(store, { ...base, ...defined({ id: rest.id, requestId: rest.requestId }) }, clock.now());
    return neutralJob(this.change(job, rest), clock.now());
  }

  edit(id: string, patch: JobPatch): NeutralJob {
    const job = this.tenant.store.jobs.get(id);
    if (job === undefined) throw throwUnknownId("job", id);
    return neutralJob(this.change(job, parseInput(jobPatchSchema, patch)), this.tenant.clock.now());
  }

  forget(id: string): void {
    if (!this.tenant.store.jobs.remove(id)) throw throwUnknownId("job", id);
  }

  setOutcome(input: OutcomeInput, usual: JobTiming): JobOutcome {
    const { status, errors, jobTiming = {} } = parseInput(outcomeSchema, input);
    const timing = { ...usual, ...defined(jobTiming) };
    return (this.tenant.switches.jobOutcome = { status, timing, errors: errors ?? usualErrors(status) });
  }

  private change(job: JobRecord, patch: ReturnType<typeof jobPatchSchema.parse>): JobRecord {
    const { status, errors = usualErrors(status), ...fields } = patch;
    const outcome = errors.length > 0 ? { outcome: { ...job.outcome, errors } } : {};
    const fixed = status === undefined ? {} : { fixed: { status, at: this.tenant.clock.now() } };
    return this.tenant.store.jobs.put({ ...job, ...defined(fields), ...outcome, ...fixed });
  }
}

const usualErrors = (status: JobStatus | undefined): JobOutcome["errors"] => (status === "FAILED" ? [usualError] : []);
