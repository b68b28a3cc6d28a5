/** GitHub's workflows of the example, and what their expressions are on a runner. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { exampleFolder } from "./example";

const texts = z.record(z.string(), z.coerce.string());
const listOrOne = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

const step = z.strictObject({
  name: z.string().optional(),
  uses: z.string().optional(),
  with: texts.optional(),
  run: z.string().optional(),
  env: texts.default({}),
});

const job = z.strictObject({
  if: z.string().optional(),
  needs: listOrOne.default([]),
  environment: z.string().optional(),
  strategy: z
    .object({
      "max-parallel": z.number().optional(),
      "fail-fast": z.boolean(),
      matrix: z.record(z.string(), z.array(z.string())),
    })
    .optional(),
  "runs-on": z.string(),
  "timeout-minutes": z.number(),
  permissions: texts,
  env: texts.default({}),
  steps: z.array(step),
});

export const workflow = z.strictObject({
  name: z.string(),
  on: z.unknown(),
  permissions: texts,
  concurrency: z.object({ group: z.string(), "cancel-in-progress": z.boolean() }),
  defaults: z.object({ run: z.object({ shell: z.literal("bash") }) }),
  jobs: z.record(z.string(), job),
});

export type Workflow = z.infer<typeof workflow>;
export type Job = Workflow["jobs"][string];

export const WORKFLOWS = ["preview", "deploy", "drift"] as const;
export type WorkflowName = (typeof WORKFLOWS)[number];
export const workflowFile = (name: WorkflowName): string => join(exampleFolder, ".github/workflows", `${name}.yml`);
export const readWorkflow = (name: WorkflowName): Workflow =>
  workflow.parse(parse(readFileSync(workflowFile(name), "utf8")));

/** A job of a workflow. */
export function jobOf({ jobs }: Workflow, name: string): Job {
  const found = jobs[name];
  if (!found) throw new Error(`there is no job "${name}" but ${Object.keys(jobs).join(", ")}`);
  return found;
}

/** What a runner puts in the place of `${{ … }}`: `{ "secrets.TOKEN": "…" }`. */
export type Expressions = Readonly<Record<string, string>>;

/** The variables of a step, with the job's behind them. A secret or variable that nobody has set is an empty text, as at GitHub. */
export function environmentOf(job: Job, step: Job["steps"][number], known: Expressions): Record<string, string> {
  const resolved = (text: string) =>
    text.replace(/\$\{\{\s*(.+?)\s*\}\}/g, (_, expression: string) => {
      const value = known[expression];
      if (value === undefined && !/^(secrets|vars)\.\w+$/.test(expression)) throw new Error(`unknown: ${expression}`);
      return value ?? "";
    });
  return Object.fromEntries(Object.entries({ ...job.env, ...step.env }).map(([key, text]) => [key, resolved(text)]));
}
