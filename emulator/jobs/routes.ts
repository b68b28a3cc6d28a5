import { Hono, type Context } from "hono";
import { readJson } from "../../definition/json";
import { BadRequestRefusal, PlatformRefusal } from "../errors";
import type { JsonObject } from "../json";
import { Parameters } from "../parameters";
import type { Tenant } from "../tenant";
import type { JobRecord } from "./job";
import { createJob } from "./stored";
import { jobAnswer } from "./job-answer";
import { jobList } from "./job-list";
import { badJobBody, idsToGet, segmentsToRun } from "./job-request";
import { isOver, progressOf } from "./progress";
import { sandboxOf } from "./sandboxes";

/** https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-jobs */
export function jobRoutes(tenant: Tenant): Hono {
  const { store, clock, switches, identity } = tenant;
  const show = (job: JobRecord): JsonObject => jobAnswer(job, identity.orgId, clock.now());
  const inSandbox = (sandbox: string): JobRecord[] => store.jobs.all().filter((job) => job.sandbox === sandbox);
  const sandbox = (c: Context): string => sandboxOf(c.req.header("x-sandbox-name"));
  const find = (c: Context, id: string): JobRecord | undefined => {
    const job = store.jobs.get(id);
    return job?.sandbox === sandbox(c) ? job : undefined;
  };

  return new Hono()
    .get("/", (c) => {
      const jobs = inSandbox(sandbox(c)).map(show);
      return c.json(jobList(jobs, new Parameters(c.req.queries()), switches.paging));
    })
    .post("/bulk-get", async (c) => {
      sandbox(c);
      const results: JsonObject = {};
      for (const id of idsToGet(await platformJsonOf(c))) {
        const job = find(c, id);
        if (job) results[id] = show(job);
      }
      return c.json({ results }, 207);
    })
    .post("/", async (c) => {
      const name = sandbox(c);
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

function found(job: JobRecord | undefined, id: string): JobRecord {
  if (job === undefined) throw new PlatformRefusal(404, "113000", `The entity ${id} is not found.`);
  return job;
}

/** The body of a request to the platform as JSON, or a 400. */
export async function platformJsonOf(c: Context): Promise<unknown> {
  const type = c.req.header("content-type");
  if (!type?.startsWith("application/json")) {
    throw new BadRequestRefusal("The header Content-Type must be application/json");
  }
  try {
    return readJson(await c.req.text());
  } catch (cause) {
    throw badJobBody(`The request could not be read: ${String(cause)}`);
  }
}
