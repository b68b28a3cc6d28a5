import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { actionsWithoutCommit, hasGo, lint } from "./workflow-rules";
import { exampleFolder } from "../engine/gitops/example";
import { jobOf, readWorkflow, workflowFile, WORKFLOWS } from "../engine/gitops/github";
import { gitlabJob, pipelineFile, readPipeline } from "../engine/gitops/gitlab";

const stackFiles = ["dev", "stage", "prod"].map((stack) => join(exampleFolder, `Pulumi.${stack}.yaml`));
const GITHUB = WORKFLOWS.map((name) => [name, readWorkflow(name)] as const);
const jobs = GITHUB.flatMap(([name, { jobs }]) =>
  Object.entries(jobs).map(([job, content]) => [`${name}: ${job}`, content] as const),
);

describe("GitHub's workflows", () => {
  // Compiling takes a minute where Go has none of it yet.
  (hasGo ? it : it.skip)(
    "pass actionlint",
    () => expect(lint(...WORKFLOWS.map(workflowFile))).toEqual(["", 0]),
    300_000,
  );

  (hasGo ? it : it.skip)(
    "would not pass it with a mistake",
    () => {
      const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-workflow-"));
      const file = join(folder, "broken.yml");
      writeFileSync(file, readFileSync(workflowFile("deploy"), "utf8").replace("needs: stage", "needs: staging"));
      const [output, status] = lint(file);
      rmSync(folder, { recursive: true });
      expect(output).toContain('needs job "staging" which does not exist');
      expect(status).toBe(1);
    },
    300_000,
  );

  it.each(WORKFLOWS)("%s: names every action by its commit, with the version beside it", (name) => {
    expect(actionsWithoutCommit(readFileSync(workflowFile(name), "utf8"))).toEqual([]);
  });

  it.each(GITHUB)("%s: grants nothing but what a job names", (_, { permissions }) => expect(permissions).toEqual({}));

  it.each(jobs)("%s: reads the code, comments at most, leaves no token behind, and ends", (name, job) => {
    const comments = name === "preview: review" ? { "pull-requests": "write" } : {};
    expect(job.permissions).toEqual({ contents: "read", ...comments });
    const checkouts = job.steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
    expect(checkouts.map(({ with: inputs }) => inputs)).toEqual([{ "persist-credentials": "false" }]);
    expect(job["timeout-minutes"]).toBeLessThanOrEqual(60);
  });

  it.each(jobs)("%s: lets no expression into a shell, and credentials only into what needs them", (_, job) => {
    expect(job.steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
    expect(JSON.stringify(job.env)).not.toContain("${{");
    const trusted = job.steps.filter(({ env }) => JSON.stringify(env).includes("secrets."));
    for (const { run } of trusted) expect(run).toMatch(/pulumi (preview|up)|pulumi-cja drift/);
  });

  it("preview: gives each pull request to one of its jobs, and no secret to one from elsewhere", () => {
    const preview = readWorkflow("preview");
    expect(preview.on).toBe("pull_request");
    const [trusted, others] = [jobOf(preview, "review"), jobOf(preview, "without-credentials")];
    const opposite = trusted.if?.replace("==", "!=").replace("&&", "||").replace("!= 'dep", "== 'dep");
    expect(trusted.if).toContain("head.repo.full_name == github.repository && github.actor !=");
    expect(others.if).toBe(opposite);
    expect(JSON.stringify(others.steps)).not.toMatch(/secrets\.|vars\.|github\.token/);
  });

  it("deploy: one stack after another, each in its environment, one commit at a time", () => {
    const { jobs, concurrency } = readWorkflow("deploy");
    const order = Object.entries(jobs).map(([name, { needs, environment }]) => ({ name, needs, environment }));
    expect(order).toEqual([
      { name: "dev", needs: [], environment: "dev" },
      { name: "stage", needs: ["dev"], environment: "stage" },
      { name: "prod", needs: ["stage"], environment: "prod" },
    ]);
    expect(concurrency).toEqual({ group: "deploy", "cancel-in-progress": false });
  });
});

describe("GitLab's pipeline", () => {
  const { jobs, stages, workflow, default: defaults } = readPipeline();
  const entries = Object.entries(jobs);

  it.each(entries)("%s: is of a declared stage, needs what is there before it, and says when it runs", (_, job) => {
    expect(stages).toContain(job.stage);
    expect(job.rules.length).toBeGreaterThan(0);
    for (const name of job.needs) {
      const { stage } = gitlabJob(readPipeline(), name);
      expect(stages.indexOf(stage)).toBeLessThanOrEqual(stages.indexOf(job.stage));
    }
  });

  it("runs in merge requests, on the default branch, and on schedule, and nothing else", () => {
    const when = (rules: readonly { if: string }[]) => rules.map(({ if: condition }) => condition.split(" && ")[0]);
    const known = new Set(when(workflow.rules));
    expect(known.size).toBe(3);
    expect(new Set(entries.flatMap(([, { rules }]) => when(rules)))).toEqual(known);
  });

  it("deploys one stack after another, each in its environment, one at a time, stage and prod by hand", () => {
    const deployments = entries.filter(([, { stage }]) => stage === "deploy");
    const told = deployments.map(([name, { needs, environment, resource_group, rules, interruptible }]) => {
      return { name, needs, environment, resource_group, when: rules.map(({ when }) => when), interruptible };
    });
    const each = (name: string) => ({ name, environment: name, resource_group: name, interruptible: false });
    expect(told).toEqual([
      { ...each("dev"), needs: [], when: [undefined] },
      { ...each("stage"), needs: ["dev"], when: ["manual"] },
      { ...each("prod"), needs: ["stage"], when: ["manual"] },
    ]);
  });

  it("gives each merge request to one of its jobs", () => {
    const [trusted, others] = [jobs["review"]?.rules[0]?.if, jobs["without-credentials"]?.rules[0]?.if];
    expect(others).toBe(trusted?.replace("SOURCE_PROJECT_ID ==", "SOURCE_PROJECT_ID !="));
    expect(others).not.toBe(trusted);
  });

  it("passes over nothing but what a review says of a plan", () => {
    const lenient = entries.filter(([, { allow_failure }]) => allow_failure);
    expect(lenient.map(([name, { allow_failure }]) => [name, allow_failure?.exit_codes])).toEqual([
      ["review", [2, 3]],
      ["without-credentials", [2, 3]],
    ]);
    expect(defaults.before_script).toEqual(["npm ci || exit 1"]);
  });
});

describe("both", () => {
  const files = [...WORKFLOWS.map(workflowFile), pipelineFile, ...stackFiles];

  it.each(files.map((file) => [relative(exampleFolder, file), file]))("%s: holds no secret", (_, file) => {
    const text = readFileSync(file, "utf8");
    const given = text.matchAll(/(?:SECRET|TOKEN|PASSPHRASE|CLIENT_ID|STORE|secure|salt)\w*[ \t]*[:=][ \t]*(\S*)/g);
    expect([...given].map(([, value]) => value).filter((value) => !["${{", '""', ""].includes(value ?? ""))).toEqual(
      [],
    );
  });

  it("have the same versions of Pulumi and Node.js", () => {
    const setUps = jobs.flatMap(([, { steps }]) => steps.map((step) => step.with ?? {}));
    const versions = (input: string) => [...new Set(setUps.flatMap((inputs) => inputs[input] ?? []))];
    const [pulumi, node] = [versions("pulumi-version"), versions("node-version")];
    expect([pulumi.length, node.length]).toEqual([1, 1]);
    expect(readPipeline().image).toBe(`pulumi/pulumi-nodejs-${node[0]?.split(".")[0]}:${pulumi[0]}`);
    const pinned = readFileSync(resolve(__dirname, "../../tools/pulumi-cli/cli/go.mod"), "utf8");
    expect(pinned).toContain(`github.com/pulumi/pulumi/pkg/v3 v${pulumi[0]}\n`);
  });
});
