import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { actionsWithoutCommit, hasGo, lint } from "./workflow-rules";
import { workflow, workflowFile, WORKFLOWS } from "../engine/gitops/github";

const folder = resolve(__dirname, "../../.github/workflows");
const files = readdirSync(folder);
const textOf = (file: string): string => readFileSync(join(folder, file), "utf8");

/** A job that is another workflow of the repository. */
const call = z.strictObject({
  needs: z.string().optional(),
  permissions: z.record(z.string(), z.string()),
  uses: z.string(),
});
const job = workflow.shape.jobs.valueType;
const own = workflow.extend({ jobs: z.record(z.string(), z.union([job, call])) });

const workflows = files.map((file) => [file.replace(/\.yml$/, ""), own.parse(parse(textOf(file)))] as const);
const all = workflows.flatMap(([name, { jobs }]) =>
  Object.entries(jobs).map(([id, one]) => [`${name}: ${id}`, one] as const),
);
const jobs = all.flatMap(([name, one]) => ("steps" in one ? [[name, one] as const] : []));

/** What each job may do. Whatever is more than to read has a reason beside it in the workflow. */
const GRANTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "ci: everything": { contents: "read" },
  "ci: node": { contents: "read" },
  "newest-pulumi: engine": { contents: "read" },
  "pages: build": { contents: "read" },
  "pages: deploy": { pages: "write", "id-token": "write" },
  "release: ci": { contents: "read" },
  "release: pack": { contents: "read" },
  "release: npm": { "id-token": "write" },
  "release: github": { contents: "write" },
};

// Compiling takes a minute where Go has none of it yet.
(hasGo ? it : it.skip)("they pass actionlint", () =>
  expect(lint(...files.map((file) => join(folder, file)))).toEqual(["", 0]),
);

it.each(files)("%s names every action by its commit, with the version beside it", (file) => {
  expect(actionsWithoutCommit(textOf(file))).toEqual([]);
});

it("an action is of one version in all of them, and in those of the example", () => {
  const texts = [...files.map(textOf), ...WORKFLOWS.map((name) => readFileSync(workflowFile(name), "utf8"))];
  const used = new Set(texts.flatMap((text) => text.match(/[\w-]+\/[\w-]+@[0-9a-f]{40} # \S+/g) ?? []));
  const names = [...used].map((action) => action.split("@")[0]);
  expect(names).toEqual([...new Set(names)]);
  expect(names.length).toBeGreaterThan(5);
});

it.each(workflows)("%s grants nothing but what a job names", (_, { permissions }) => expect(permissions).toEqual({}));

it("each job may do what it needs, and no other job is there", () => {
  expect(Object.fromEntries(all.map(([name, { permissions }]) => [name, permissions]))).toEqual(GRANTED);
});

it.each(jobs)("%s leaves no token behind, ends, and lets no expression into a shell", (_, { steps, ...one }) => {
  const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
  expect(checkouts.filter((step) => step.with?.["persist-credentials"] !== "false")).toEqual([]);
  expect(one["timeout-minutes"]).toBeLessThanOrEqual(120);
  expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
});

it("what may write runs nothing of the project or of its dependencies, and alone has a secret", () => {
  const writing = jobs.filter(([, { permissions }]) => Object.values(permissions).includes("write"));
  expect(writing.map(([name]) => name)).toEqual(["pages: deploy", "release: npm", "release: github"]);
  const text = JSON.stringify(writing.map(([, { steps }]) => steps));
  expect(text).not.toMatch(/actions\/(checkout|cache)@|npm (ci|install|run|test|pack)|npx|"cache"/);
  expect(text).toContain("npm publish --ignore-scripts ");
  const others = jobs.filter((one) => !writing.includes(one));
  expect(JSON.stringify([others, workflows.map(([, { on }]) => on)])).not.toMatch(
    /secrets\.|github\.token|pull_request_target/,
  );
});

it("a release is tested, packed once, published to npm and then told at GitHub", () => {
  const [, release] = workflows.find(([name]) => name === "release")!;
  const order = Object.entries(release.jobs).map(([id, { needs }]) => [id, needs ?? []]);
  expect(order).toEqual([
    ["ci", []],
    ["pack", ["ci"]],
    ["npm", ["pack"]],
    ["github", ["npm"]],
  ]);
  expect(textOf("release.yml").match(/npm pack|npm publish|gh release create/g)).toEqual([
    "npm pack",
    "npm publish",
    "gh release create",
  ]);
});
