import { Hono, type Context } from "hono";
import { PlatformRefusal } from "../errors";
import type { JsonObject } from "../json";
import { parametersOf } from "../request";
import type { Tenant } from "../tenant";
import { type JobRecord, isOver, progressOf } from "./job";
import { createJob, segmentsToRun } from "./writing";
import { jobAnswer } from "./answer";
import { jobList } from "./listing";
import { bulkAnswer, found, platformJsonOf, sandboxOf } from "../platform";

/** https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-jobs */
export function jobRoutes(tenant: Tenant): Hono {
  const { store, clock, switches, identity } = tenant;
  const show = (job: JobRecord): JsonObject => jobAnswer(job, identity.orgId, clock.now());
  const inSandbox = (sandbox: string): JobRecord[] => store.jobs.all().filter((job) => job.sandbox === sandbox);
  const find = (c: Context, id: string): JobRecord | undefined => {
    const job = store.jobs.get(id);
    return job?.sandbox === sandboxOf(c) ? job : undefined;
  };

  return new Hono()
    .get("/", (c) => {
      const jobs = inSandbox(sandboxOf(c)).map(show);
      return c.json(jobList(jobs, parametersOf(c), switches.paging));
    })
    .post("/bulk-get", async (c) => {
      sandboxOf(c);
      return bulkAnswer(c, (id) => {
        const job = find(c, id);
        return job && show(job);
      });
    })
    .post("/", async (c) => {
      const name = sandboxOf(c);
      const segments = segmentsToRun(await platformJsonOf(c));
      const { maxActiveJobs } = tenant.limits.settings;
      const active = inSandbox(name).filter((job) => !isOver(progressOf(job, clock.now()).status));
      if (maxActiveJobs !== null && active.length >= maxActiveJobs) {
        const message = "There are too many segmentation jobs in processing at the moment. Try again at a later time.";
        throw new PlatformRefusal(429, "113429", message);
      }
      const requestId = c.req.header("x-request-id");
      const fields = { sandbox: name, source: "api" as const, outcome: switches.jobOutcome, ...segments };
      return c.json(show(createJob(store, { ...fields, ...(requestId && { requestId }) }, clock.now())));
    })
    .get("/:id", (c) => c.json(show(found(find(c, c.req.param("id")), c.req.param("id")))))
    .delete("/:id", (c) => {
      const job = found(find(c, c.req.param("id")), c.req.param("id"));
      if (isOver(progressOf(job, clock.now()).status)) store.jobs.remove(job.id);
      else store.jobs.put({ ...job, fixed: null, cancelRequested: job.cancelRequested ?? clock.now() });
      return c.body(null, 204);
    });
}
