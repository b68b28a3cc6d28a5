/** GitLab's pipeline of the example: its jobs, with what they extend. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { exampleFolder } from "./example";

const rules = z.array(z.strictObject({ if: z.string(), when: z.enum(["manual"]).optional() }));

const job = z.strictObject({
  stage: z.string(),
  script: z.array(z.string()),
  rules,
  extends: z.string().optional(),
  needs: z.array(z.string()).default([]),
  environment: z.string().optional(),
  resource_group: z.string().optional(),
  interruptible: z.boolean().default(false),
  timeout: z.string().optional(),
  parallel: z.object({ matrix: z.tuple([z.record(z.string(), z.array(z.string()))]) }).optional(),
  allow_failure: z.strictObject({ exit_codes: z.array(z.number()) }).optional(),
});

const globals = z.object({
  image: z.string(),
  stages: z.array(z.string()),
  workflow: z.object({ rules }),
  default: z.strictObject({ before_script: z.array(z.string()), timeout: z.string() }),
});

export type GitlabJob = z.infer<typeof job>;
export type Pipeline = z.infer<typeof globals> & { readonly jobs: Readonly<Record<string, GitlabJob>> };

export const pipelineFile = join(exampleFolder, ".gitlab-ci.yml");

export function readPipeline(text = readFileSync(pipelineFile, "utf8")): Pipeline {
  const all = z.record(z.string(), z.unknown()).parse(parse(text));
  const settings = globals.parse(all);
  const templates = z.record(z.string(), z.looseObject({ extends: z.string().optional() }));
  const entries = templates.parse(Object.fromEntries(Object.entries(all).filter(([name]) => !(name in settings))));
  const extended = (entry: (typeof entries)[string]) => ({ ...entries[entry.extends ?? ""], ...entry });
  const jobs = Object.entries(entries).filter(([name]) => !name.startsWith("."));
  return { ...settings, jobs: Object.fromEntries(jobs.map(([name, entry]) => [name, job.parse(extended(entry))])) };
}

/** A job of a pipeline. */
export function gitlabJob({ jobs }: Pipeline, name: string): GitlabJob {
  const found = jobs[name];
  if (!found) throw new Error(`there is no job "${name}" but ${Object.keys(jobs).join(", ")}`);
  return found;
}
