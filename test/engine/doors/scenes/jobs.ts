import type { Scene, SceneStep, Service } from "../scene";
import { idOf, type Program } from "../stack";
import { inOlderForm } from "./older-form";

const [ONE, OTHER] = ["one", "other"];
/** Jobs that this stack has not started. */
const COLLEAGUES = "11111111-aaaa-4aaa-8aaa-000000000001";

const FIRST = {
  nightly: { segmentIds: [ONE, OTHER], triggers: { release: "2026-11", parts: [1, null, { of: null }], none: null } },
  all: { allSegments: true },
  dev: { segmentIds: [ONE], sandbox: "dev" },
  gone: { segmentIds: [OTHER], triggers: { build: 1 } },
  cleaned: { segmentIds: [ONE, OTHER], deleteRecord: true, triggers: { is: "cleaned" } },
};
type Jobs = Readonly<Record<string, object>>;
const want = (jobs: Jobs): Program =>
  Object.fromEntries(Object.entries(jobs).map(([name, args]) => [name, ["SegmentJob", args]]));
const each = (jobs: Jobs, step: string, others: Readonly<Record<string, string>> = {}) =>
  Object.fromEntries(Object.keys(jobs).map((name) => [name, others[name] ?? step]));
const BOTH = "POST /jobs one,other";
const statusOf = ({ control }: Service, id: string) => control.jobs().find((job) => job.id === id)?.status;

const manners = { timeout: "1h", waitForCompletion: true, retryFailed: true, deleteRecord: true };
const NEXT = {
  ...FIRST,
  nightly: { ...FIRST.nightly, triggers: { release: "2026-12" } },
  dev: { ...FIRST.dev, sandbox: "stage" },
  cleaned: { ...FIRST.cleaned, segmentIds: [ONE] },
};

/** What a refresh asks for each of them. */
const FIRST_READS = [
  "GET /jobs/{nightly}",
  "GET /jobs/{all}",
  "GET /jobs/{cleaned}",
  "GET /jobs",
  "GET /jobs/{gone}",
  "GET /jobs/{dev} in dev",
];

const LIFE: Scene = {
  title: "a segment job's life",
  begins: ({ control }) => void control.addJob({ id: COLLEAGUES, segmentIds: [ONE, OTHER], status: "PROCESSING" }),
  steps: [
    {
      shows: "one POST runs it, although a colleague has the same set at work",
      run: "up",
      program: want(FIRST),
      steps: each(FIRST, "create"),
      sends: ["GET /jobs", "GET /jobs in dev", "POST /jobs *", "POST /jobs other", "POST /jobs one in dev", BOTH, BOTH],
      state: { nightly: { status: "NEW", sandboxName: "prod", source: "api" } },
    },
    {
      shows: "an unchanged program runs nothing, and asks nothing",
      run: "up",
      steps: each(FIRST, "same"),
      sends: [],
    },
    {
      shows: "a refresh follows the status, and tells what is no longer known",
      run: "refresh",
      first: ({ control, id }) => {
        control.advance(500);
        control.forgetJob(id("gone"));
      },
      steps: each(FIRST, "update"),
      sends: FIRST_READS,
      says: ["{nightly}: NEW → QUEUED.", "{gone} was NEW, and is no longer known to the service."],
      state: { nightly: { status: "QUEUED" }, gone: { status: "REMOVED" } },
    },
    {
      shows: "a refresh follows it to its end",
      run: "refresh",
      first: ({ control }) => control.advance(3_500),
      steps: each(FIRST, "update", { gone: "same" }),
      sends: FIRST_READS,
      says: ["QUEUED → SUCCEEDED."],
      state: { nightly: { status: "SUCCEEDED", metrics: expect.anything() as object } },
    },
    {
      shows: "a trigger removed, another order, other manners run nothing",
      run: "up",
      program: want({
        ...FIRST,
        nightly: { segmentIds: [OTHER, ONE], triggers: { release: "2026-11" } },
        dev: { ...FIRST.dev, ...manners },
        gone: { segmentIds: [OTHER] },
      }),
      steps: each(FIRST, "same", { dev: "update" }),
      sends: [],
      state: { dev: manners },
    },
    {
      shows: "a changed trigger, another sandbox, another set run anew, and a DELETE goes to the record that it shall",
      run: "up",
      program: want(NEXT),
      steps: each(FIRST, "same", { nightly: "replace", dev: "replace", cleaned: "replace" }),
      sends: ["POST /jobs one in stage", "POST /jobs one", BOTH, "DELETE /jobs/{cleaned}", "DELETE /jobs/{dev} in dev"],
      leaves: (service) => expect(statusOf(service, COLLEAGUES)).toBe("PROCESSING"),
    },
    {
      shows: "an active one is cancelled, and is over before it runs anew",
      run: "up",
      program: want({ ...NEXT, nightly: { ...FIRST.nightly, triggers: { release: "2027-01" } } }),
      steps: each(FIRST, "same", { nightly: "replace" }),
      sends: ["DELETE /jobs/{nightly'}", "GET /jobs/{nightly'}", BOTH],
      says: ["Segment job {nightly'}: CANCELLING, waiting for at most 15 min."],
    },
    {
      shows: "destroy cancels what is active, and leaves what is finished",
      run: "destroy",
      first: ({ control, id }) => control.editJob(id("dev"), { status: "SUCCEEDED" }),
      steps: each(FIRST, "delete"),
      sends: [
        "DELETE /jobs/{cleaned'}",
        "DELETE /jobs/{nightly''}",
        "GET /jobs",
        "GET /jobs/{dev'} in stage",
        "GET /jobs/{gone}",
        "GET /jobs/{cleaned'}",
        "GET /jobs/{nightly''}",
      ],
      says: ["{cleaned'}: CANCELLING", "{nightly''}: CANCELLING"],
      leaves: (service) => expect(statusOf(service, COLLEAGUES)).toBe("PROCESSING"),
    },
  ],
};

const BUSY = { code: "8.0000018E7", msg: "Request rate is large" };
const failing = { segmentIds: [ONE], triggers: { release: 1 }, waitForCompletion: true };
const slow = { segmentIds: [OTHER], waitForCompletion: true, timeout: "1s" };
const INSTANT = { newMs: 0, queuedMs: 0, processingMs: 0, cancellingMs: 0 };

const WAITING: Scene = {
  title: "waiting for a job",
  steps: [
    {
      shows: "fails and keeps it when it fails, or is not over in time",
      run: "up",
      program: want({ slow }),
      steps: { slow: "create" },
      sends: ["GET /jobs", "GET /jobs/{slow}", "POST /jobs other"],
      says: ["Segment job {slow}: NEW, waiting for at most 1 s."],
      fails: { slow: "is still NEW after 1 s. It continues at Adobe." },
      state: { slow: { status: "NEW" } },
    },
    {
      shows: "of another fails when it fails, with Adobe's reasons",
      run: "up",
      first: ({ control, id }) => {
        control.setJobOutcome({ status: "FAILED", errors: [BUSY], jobTiming: INSTANT });
        control.editJob(id("slow"), { status: "PROCESSING" });
      },
      program: want({ slow, failing }),
      steps: { slow: "update", failing: "create" },
      sends: ["GET /jobs/{slow}", "POST /jobs one"],
      says: ["Segment job {slow}: NEW, waiting for at most 1 s."],
      fails: {
        slow: "is still PROCESSING after 1 s.",
        failing: "ended as FAILED. To run it again, change a trigger, or set retryFailed.",
      },
      state: { failing: { status: "FAILED", errors: [BUSY] } },
    },
    {
      shows: "goes on where it stopped, and repeats a failed run once with retryFailed",
      run: "up",
      first: ({ control, id }) => control.editJob(id("slow"), { status: "SUCCEEDED" }),
      program: want({ slow: { ...slow, timeout: "1h" }, failing: { ...failing, retryFailed: true } }),
      steps: { slow: "update", failing: "replace" },
      sends: ["GET /jobs/{slow}", "POST /jobs one"],
      says: ["Segment job {slow}: PROCESSING, waiting for at most 1 h."],
      fails: { failing: "It already was the repetition that retryFailed allows." },
      state: { slow: { status: "SUCCEEDED" } },
    },
    {
      shows: "does not repeat it a second time",
      run: "up",
      steps: { slow: "same", failing: "update" },
      sends: [],
      fails: { failing: "It already was the repetition that retryFailed allows. To run it again, change a trigger." },
    },
    {
      shows: "ends well when the job that another trigger has run succeeds",
      run: "up",
      first: ({ control }) => control.setJobOutcome({ status: "SUCCEEDED", jobTiming: INSTANT }),
      program: want({ failing: { ...failing, triggers: { release: 2 } } }),
      steps: { failing: "replace", slow: "delete" },
      sends: ["POST /jobs one"],
      state: { failing: { status: "SUCCEEDED" } },
    },
  ],
};

const most = (count: number) => ({ CJA_MAX_RUNS_PER_DAY: String(count) });
const counted = { segmentIds: [ONE], sandbox: "dev", triggers: { release: 1 } };
const again = { ...counted, triggers: { release: 2 } };
const LISTED = "GET /jobs in dev";
const FULL =
  'Could not run a segment job in the sandbox "dev": 1 run was started there today (UTC), and cja:maxRunsPerDay (CJA_MAX_RUNS_PER_DAY) is 1. Started today:';

const RUNS_PER_DAY: Scene = {
  title: "cja:maxRunsPerDay",
  steps: [
    {
      shows: "counts the runs of a day, and lets the first one start",
      run: "up",
      program: want({ counted }),
      settings: most(1),
      steps: { counted: "create" },
      sends: [LISTED, "POST /jobs one in dev"],
    },
    {
      shows: "refuses in the preview the run above it, and names those of the day",
      run: "preview",
      program: want({ counted: again }),
      settings: most(1),
      steps: {},
      sends: [LISTED],
      fails: { counted: FULL },
    },
    {
      shows: "counts those that the same plan has before it",
      run: "preview",
      program: want({ counted: again, other: { ...counted, segmentIds: [OTHER] } }),
      config: { "cja:maxRunsPerDay": "2" },
      steps: { counted: "replace" },
      sends: [LISTED],
      fails: { other: "1 run was started there today (UTC) and 1 is planned before this one" },
    },
    {
      shows: "refuses what is replaced by hand, too",
      run: "preview",
      program: want({ counted }),
      settings: most(1),
      taint: ["counted"],
      steps: {},
      sends: [LISTED],
      fails: { counted: "Wait until 00:00 UTC" },
    },
    {
      shows: "asks nothing where nothing runs",
      run: "preview",
      settings: most(1),
      steps: { counted: "same" },
      sends: [],
    },
    {
      shows: "lets as many start as there may be",
      run: "up",
      first: ({ control, id }) => control.editJob(id("counted"), { status: "SUCCEEDED" }),
      program: want({ counted: again, other: { ...counted, segmentIds: [OTHER] } }),
      settings: most(3),
      steps: { counted: "replace", other: "create" },
      sends: [LISTED, "GET /jobs/{counted} in dev", "POST /jobs one in dev", "POST /jobs other in dev"],
    },
  ],
};

/** Beyond what 32 bits hold. */
const MANY = 3_000_000_000;
const metrics = (end?: number) => ({
  totalTime: { startTimeInMs: 1_573_203_617_195, ...(end !== undefined && { endTimeInMs: end }) },
  totalProfiles: MANY + (end ?? 0),
  segmentedProfileByStatusCounter: { [ONE]: { realized: MANY + 1, exited: 144_646 } },
});
const answer = (status: string, end?: number) => ({
  status: 200,
  body: { id: "counted-job", status, source: "api", segments: [{ segmentId: ONE }], metrics: metrics(end) },
});

const FIGURES: Scene = {
  title: "figures of a job",
  steps: [
    {
      shows: "come exactly from up",
      run: "up",
      first: ({ control }) => control.addFault({ method: "POST", path: "/segment/jobs$", ...answer("PROCESSING") }),
      program: want({ counted: { segmentIds: [ONE] } }),
      steps: { counted: "create" },
      sends: ["GET /jobs", "POST /jobs one"],
      state: { counted: { metrics: metrics() } },
    },
    {
      shows: "come exactly from refresh",
      run: "refresh",
      first: ({ control }) =>
        control.addFault({ path: "/segment/jobs/counted-job$", ...answer("SUCCEEDED", 1_573_204_395_655) }),
      steps: { counted: "update" },
      sends: ["GET /jobs/{counted}"],
      says: ["PROCESSING → SUCCEEDED."],
      state: { counted: { metrics: metrics(1_573_204_395_655), status: "SUCCEEDED" } },
    },
  ],
};

const EVERYBODY = { name: "Everybody", expression: "person.birthYear > 0" };
const over = (args: object, triggers: object = {}): Program => ({
  people: ["Audience", { ...EVERYBODY, ...args }],
  run: ["SegmentJob", { segmentIds: [idOf("people")], triggers }],
});
const NOT_BATCH = (is: string) =>
  `cja.SegmentJob "run": segmentIds: the audience "Everybody" ({people}) may not run as you expect: its evaluation ${is}`;

const OVER_AUDIENCES: Scene = {
  title: "a job over audiences of the same program",
  steps: [
    {
      shows: "a preview does not know of a new one whether the job runs it",
      run: "preview",
      program: over({ evaluation: "streaming" }),
      steps: { people: "create", run: "create" },
      sends: ["POST /conversion Everybody"],
    },
    {
      shows: "up knows what it has made, and says it before it starts the job",
      run: "up",
      steps: { people: "create", run: "create" },
      sends: ["GET /audiences", "POST /audiences Everybody", "GET /jobs", "POST /jobs {people}"],
      says: [NOT_BATCH('is "streaming"')],
    },
    {
      shows: "a preview judges by what the update will make of it",
      run: "preview",
      first: ({ control, id }) => control.editJob(id("run"), { status: "SUCCEEDED" }),
      program: over({}, { release: 2 }),
      steps: { people: "update", run: "replace" },
      sends: ["GET /audiences/{people}"],
    },
    {
      shows: "and up by what it has made of it",
      run: "up",
      steps: { people: "update", run: "replace" },
      sends: ["PATCH /audiences/{people} evaluationInfo", "GET /jobs/{run}", "POST /jobs {people}"],
    },
    {
      shows: "what the update will make unfit is warned of before it is done",
      run: "preview",
      program: over({ evaluation: "streaming" }, { release: 3 }),
      steps: { people: "update", run: "replace" },
      sends: ["GET /audiences/{people}"],
      says: [NOT_BATCH('becomes "streaming"')],
    },
    ...(["preview", "up"] as const).map((run): SceneStep => ({
      shows: `of one that stays as it is, ${run === "preview" ? "the preview asks" : "up asks nothing that its preview has asked"}`,
      run,
      first: ({ control, id }) => control.editJob(id("run"), { status: "SUCCEEDED" }),
      program: over({}, { release: 3 }),
      steps: { people: "same", run: "replace" },
      sends: run === "preview" ? ["GET /audiences/{people}"] : ["GET /jobs/{run'}", "POST /jobs {people}"],
    })),
  ],
};

export const JOBS: readonly Scene[] = [
  ...[LIFE, WAITING, RUNS_PER_DAY, FIGURES, OVER_AUDIENCES],
  inOlderForm(OVER_AUDIENCES),
];
