import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import { CommentServer } from "./gitops/comment-server";
import { Example } from "./gitops/example";
import { environmentOf, jobOf, readWorkflow, type Expressions, type WorkflowName } from "./gitops/github";
import { gitlabJob, readPipeline } from "./gitops/gitlab";
import { UNLIMITED } from "./programs";

/** What a runner does before, and this test has done once: the step `npm ci`. */
const INSTALL = "npm ci";
const STACKS = ["dev", "stage", "prod"] as const;
/** What a job does with each of the three is tried once. Where a test is about something else, it has fewer to go through. */
const ONE = ["prod"] as const;
const TWO = ["dev", "prod"] as const;

/** A job's line, for some of the stacks. */
const forStacks = (stacks: readonly string[], line: string): string =>
  ["", ".json"].reduce((text, ending) => {
    const list = (names: readonly string[]) => names.map((name) => name + ending).join(" ");
    return text.replaceAll(list(STACKS), list(stacks));
  }, line);

/** Where a job runs, and for which stacks. */
interface Where {
  readonly checkout?: Example;
  readonly stacks?: readonly string[];
}

let emulator: Emulator;
let example: Example;

beforeAll(async () => {
  emulator = await startEmulator({ limits: false, clock: "manual" });
  example = new Example();
});
afterAll(async () => {
  example.dispose();
  await emulator.close();
});

/** Secrets and variables of the repository. */
const secrets = (): Record<string, string> => ({ ...emulator.environment, ...example.state });
/** What an emulator needs beyond Adobe's settings: its URLs. In the environment of the runner, so that workflows need not name them. */
const urls = (): Record<string, string> => {
  const { CJA_URL, CJA_PLATFORM_URL, CJA_IMS_URL } = emulator.environment;
  return { CJA_URL, CJA_PLATFORM_URL, CJA_IMS_URL, ...UNLIMITED };
};
const liveSegments = () => emulator.control.segments().filter(({ deleted }) => !deleted);
const liveSegment = (dataViewId: string, name: string) => {
  const found = liveSegments().find((segment) => segment.dataViewId === dataViewId && segment.name === name);
  if (!found) throw new Error(`no segment "${name}" in ${dataViewId}`);
  return found;
};

describe("GitHub's workflows", () => {
  let comments: CommentServer;
  beforeAll(async () => void (comments = await CommentServer.start()));
  afterAll(() => comments.close());

  /** Runs a job's steps, one after another until one fails, and answers what it left. */
  async function run(
    workflow: WorkflowName,
    name: string,
    known: Expressions,
    { checkout = example, stacks = STACKS }: Where = {},
  ) {
    const job = jobOf(readWorkflow(workflow), name);
    const summary = join(checkout.folder, "summary.md");
    writeFileSync(summary, "");
    const runner = { ...urls(), ...comments.github, GITHUB_ACTIONS: "true", GITHUB_JOB: name };
    let output = "";
    let code = 0;
    for (const step of job.steps) {
      if (step.run === undefined || step.run === INSTALL || code !== 0) continue;
      const env = { ...runner, GITHUB_STEP_SUMMARY: summary, ...environmentOf(job, step, known) };
      const finished = await checkout.run([forStacks(stacks, step.run)], env);
      output += finished.output;
      code = finished.code;
    }
    return { code, output, summary: readFileSync(summary, "utf8"), comments: comments.take() };
  }
  const trusted = (): Expressions => ({
    "github.token": "token-of-the-job",
    ...prefixed("secrets", secrets()),
    ...prefixed("vars", secrets()),
  });
  const prefixed = (context: string, values: Record<string, string>): Expressions =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [`${context}.${key}`, value]));

  it("prepare: the stacks are made once, by hand", async () => {
    for (const stack of STACKS) {
      const made = await example.run([`pulumi stack init ${stack}`], secrets());
      expect(made).toMatchObject({ code: 0 });
    }
  });

  it("preview: tells what a pull request changes, on its page and in a comment for each stack", async () => {
    const { code, output, summary, comments: posted } = await run("preview", "review", trusted());
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(summary).toContain("Big spenders");
    expect(posted).toHaveLength(STACKS.length);
    expect(liveSegments()).toEqual([]);
  });

  it("deploy: dev, stage, prod", async () => {
    for (const stack of STACKS) {
      const { code, output } = await run("deploy", stack, trusted());
      expect({ code, output }).toMatchObject({ code: 0 });
    }
    const places = liveSegments().map(({ dataViewId }) => dataViewId);
    expect(places.sort()).toEqual(["dv_dev", "dv_dev", "dv_prod", "dv_prod", "dv_stage", "dv_stage"]);
    expect(emulator.control.jobs()).toHaveLength(STACKS.length);
  });

  it("drift: passes where there is none, and ends with 7 where somebody has edited a segment", async () => {
    const watch = (stack: string) => run("drift", "drift", { ...trusted(), "matrix.stack": stack });
    expect(await watch("dev")).toMatchObject({ code: 0 });
    emulator.control.editSegment(liveSegment("dv_prod", "Big spenders").id, { name: "Renamed by hand" });
    const found = await watch("prod");
    expect(found).toMatchObject({ code: 7 });
    expect(found.summary).toContain("Renamed by hand");
    expect(found.output).toContain("Renamed by hand");
  });

  it("preview: fails, and tells why, where the program has a mistake", async () => {
    example.edit("index.ts", 'name: "Big spenders"', 'name: ""');
    try {
      const { code, summary, comments: posted } = await run("preview", "review", trusted(), { stacks: ONE });
      expect(code).toBe(1);
      expect(summary).toContain("name");
      expect(posted).toHaveLength(ONE.length);
    } finally {
      example.edit("index.ts", 'name: ""', 'name: "Big spenders"');
    }
  });

  it("preview: of a fork asks nobody for anything, and comes without a credential", async () => {
    const {
      code,
      output,
      summary,
      comments: posted,
    } = await inFork((checkout) => run("preview", "without-credentials", {}, { checkout, stacks: TWO }));
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(summary).toMatch(/^No credentials here/);
    for (const stack of TWO) expect(summary).toContain(`gitops/${stack}`);
    expect(posted).toEqual([]);
    expect(emulator.control.requests()).toEqual([]);
  });
});

describe("GitLab's pipeline", () => {
  let comments: CommentServer;
  beforeAll(async () => void (comments = await CommentServer.start()));
  afterAll(() => comments.close());

  /** Runs a job's script, and answers how GitLab would show it. */
  async function run(
    name: string,
    variables: Readonly<Record<string, string>>,
    { checkout = example, stacks = STACKS }: Where = {},
  ) {
    const { script, environment, allow_failure: allowed } = gitlabJob(readPipeline(), name);
    const place: Record<string, string> = environment === undefined ? {} : { CI_ENVIRONMENT_NAME: environment };
    const lines = script.map((line) => forStacks(stacks, line));
    const { code, output } = await checkout.run(lines, { ...urls(), ...place, ...comments.gitlab, ...variables });
    const shown = code === 0 ? "passed" : allowed?.exit_codes.includes(code) ? "warning" : "failed";
    return { code, shown, output, comments: comments.take() };
  }

  it("review: warns where something changes, or a segment job would run", async () => {
    example.edit("Pulumi.prod.yaml", '"100"', '"250"');
    example.edit("Pulumi.stage.yaml", "2026-11", "2026-12");
    const { comments: posted, ...ended } = await run("review", secrets());
    expect(ended).toMatchObject({ code: 3, shown: "warning" });
    expect(posted).toEqual(
      expect.arrayContaining([expect.stringContaining("250"), expect.stringContaining("2026-12")]),
    );
    expect(posted).toHaveLength(2);
  });

  it("review: fails where the program has a mistake", async () => {
    example.edit("index.ts", 'name: "Big spenders"', 'name: ""');
    const { comments: posted, ...ended } = await run("review", secrets(), { stacks: ONE });
    expect(ended).toMatchObject({ code: 1, shown: "failed" });
    expect(posted).toHaveLength(ONE.length);
    example.edit("index.ts", 'name: ""', 'name: "Big spenders"');
  });

  it("drift: fails with 7 until the deployment has put back what was edited", async () => {
    expect(await run("drift", { ...secrets(), STACK: "prod" })).toMatchObject({ code: 7, shown: "failed" });
    const { code, output } = await run("prod", secrets());
    expect({ code, output }).toMatchObject({ code: 0 });
    expect(liveSegment("dv_prod", "Big spenders")).toBeDefined();
    expect(await run("drift", { ...secrets(), STACK: "prod" })).toMatchObject({ code: 0, shown: "passed" });
  });

  it("review of a fork: asks nobody for anything, also where the project has variables", async () => {
    const variables = { ...example.state, PULUMI_CONFIG_PASSPHRASE: "the team's" };
    const ended = await inFork((checkout) => run("without-credentials", variables, { checkout, stacks: TWO }));
    expect(ended).toMatchObject({ code: 3, shown: "warning", comments: [] });
    for (const stack of TWO) expect(ended.output).toContain(`gitops/${stack}`);
    expect(emulator.control.requests()).toEqual([]);
  });
});

/** Lets a test work in a checkout of somebody else's, whose stacks are encrypted with a key that is not there. */
async function inFork<Result>(work: (fork: Example) => Promise<Result>): Promise<Result> {
  const fork = new Example();
  emulator.control.clearRequests();
  for (const stack of STACKS)
    fork.edit(`Pulumi.${stack}.yaml`, "config:", "encryptionsalt: v1:of-another-key\nconfig:");
  return work(fork).finally(() => fork.dispose());
}
