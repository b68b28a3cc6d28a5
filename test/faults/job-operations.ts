import type { Values } from "../../provider/lifecycle";
import type { Operation, Scene } from "./operation";
import { Resource } from "./resource";
import type { Provider, Stage } from "./stage";

const WISH = { segmentIds: ["audience-1", "audience-2"], triggers: { release: "2026-11" } };
const MINUTE = 60_000;

const JOBS = "^/data/core/ups/segment/jobs$";
const ONE_JOB = "^/data/core/ups/segment/jobs/[^/]+$";
const CREATE = { method: "POST", path: JOBS };
const LIST = { method: "GET", path: JOBS };

/** A sandbox where a colleague has just run the same set, after a run of ours, and where jobs take this long. */
async function sandbox(stage: Stage, minutes: number) {
  const earlier = stage.process();
  const bystander = await started(earlier, { ...WISH, triggers: { release: "2026-10" } });
  const timing = { newMs: 0, queuedMs: 0, processingMs: minutes * MINUTE, cancellingMs: 1_000 };
  stage.control.setJobOutcome({ status: "SUCCEEDED", jobTiming: timing });
  const twin = stage.control.addJob({ segmentIds: WISH.segmentIds, status: "PROCESSING" });
  return {
    /** The process of that earlier run. */
    earlier,
    /** What there is beside those two, and that his is untouched. */
    ours: () => {
      const jobs = stage.control.jobs();
      expect(jobs.find(({ id }) => id === twin.id)).toEqual(twin);
      return jobs.filter(({ id }) => id !== twin.id && id !== bystander.id);
    },
  };
}

async function started(earlier: Provider, wish: Values = WISH): Promise<Resource> {
  const resource = new Resource("job");
  await resource.up(earlier, wish);
  return resource;
}

/** `pulumi up` of a job: in the end one run was started, and the engine knows it. */
async function upOf(stage: Stage, minutes: number, wish: Values): Promise<Scene> {
  const { ours } = await sandbox(stage, minutes);
  const resource = new Resource("job");
  return {
    command: (provider) => resource.up(provider, wish),
    creates: new RegExp(JOBS),
    looks: new RegExp(JOBS),
    agree() {
      expect(ours()).toEqual([expect.objectContaining({ id: resource.id, segmentIds: WISH.segmentIds })]);
      expect(resource.kept?.outputs).toMatchObject(wish);
    },
  };
}

/** What is done with segment jobs, by the columns of the table. */
export const JOB_OPERATIONS = {
  create: {
    api: "platform",
    request: CREATE,
    named: /start segment job/,
    arrange: (stage) => upOf(stage, 60, WISH),
  },

  "find lost": {
    api: "platform",
    request: LIST,
    named: /start segment job/,
    told: /ECONNRESET|socket hang up/,
    async arrange(stage) {
      const scene = await upOf(stage, 60, WISH);
      stage.control.addFault({ ...CREATE, reset: "after" });
      return scene;
    },
  },

  poll: {
    api: "platform",
    request: { method: "GET", path: ONE_JOB },
    outage: { method: "GET", path: ONE_JOB },
    named: /read segment job \S+/,
    async arrange(stage) {
      const { agree, ...scene } = await upOf(stage, 1, { ...WISH, waitForCompletion: true, timeout: "3m" });
      const succeeded = () => expect(stage.control.jobs().at(-1)).toMatchObject({ status: "SUCCEEDED" });
      return { ...scene, agree: () => [agree, succeeded].forEach((check) => check()) };
    },
  },

  "read 3": {
    api: "platform",
    request: { method: "POST", path: "^/data/core/ups/segment/jobs/bulk-get$" },
    named: /read 3 segment jobs/,
    arrange: (stage) => reads(stage, async (provider, jobs) => every(jobs.map((job) => job.refresh(provider)))),
  },

  // What the engine reads after the first ones is looked for in the listing, too. Its first page tells of none of them.
  "page 2": {
    api: "platform",
    request: { ...LIST, skip: 1 },
    outage: { ...LIST, skip: 1 },
    named: /list segment jobs/,
    arrange: (stage) =>
      reads(stage, async (provider, [first, ...rest]) => {
        const other = { id: "nightly", status: "SUCCEEDED" };
        const body = { children: [other], _links: { next: { href: "/segment/jobs?start=0" } } };
        stage.control.addFault({ ...LIST, status: 200, body });
        await first?.refresh(provider);
        await every(rest.map((job) => job.refresh(provider)));
      }),
  },

  cancel: {
    api: "platform",
    request: { method: "DELETE", path: ONE_JOB },
    named: /cancel segment job \S+|read segment job \S+/,
    async arrange(stage) {
      const { ours, earlier } = await sandbox(stage, 60);
      const resource = await started(earlier);
      const { id } = resource;
      return {
        command: (provider) => resource.destroy(provider),
        agree() {
          // Its record stays: nobody has asked for that to be deleted.
          expect(ours()).toEqual([expect.objectContaining({ id, status: "CANCELLED" })]);
          expect(resource.kept).toBeUndefined();
        },
      };
    },
  },
} as const satisfies Record<string, Operation>;

/** `pulumi refresh` of three jobs, one of which has ended since. */
async function reads(
  stage: Stage,
  refresh: (provider: Parameters<Scene["command"]>[0], jobs: readonly Resource[]) => Promise<void>,
): Promise<Scene> {
  const { ours, earlier } = await sandbox(stage, 60);
  const jobs: Resource[] = [];
  for (const release of [1, 2, 3]) jobs.push(await started(earlier, { ...WISH, triggers: { release } }));
  const ids = jobs.map(({ id }) => id);
  stage.control.editJob(jobs[2]?.id ?? "", { status: "FAILED" });
  return {
    readsOnly: true,
    command: (provider) => refresh(provider, jobs),
    agree() {
      expect(jobs.map(({ id, kept }) => [id, kept?.outputs["status"]])).toEqual([
        [ids[0], "PROCESSING"],
        [ids[1], "PROCESSING"],
        [ids[2], "FAILED"],
      ]);
      expect(ours().filter(({ source }) => source === "api")).toHaveLength(3);
    },
  };
}

async function every(reads: readonly Promise<void>[]): Promise<void> {
  const failure = (await Promise.allSettled(reads)).find((read) => read.status === "rejected");
  if (failure) throw failure.reason;
}
