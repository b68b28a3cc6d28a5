/** The state file of a local file backend: what `pulumi stack export` prints, read without starting a process. */
import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  outputs: z.record(z.string(), z.unknown()).default({}),
  pendingReplacement: z.boolean().optional(),
  delete: z.boolean().optional(),
  initErrors: z.array(z.string()).optional(),
});

const deployment = z.looseObject({
  resources: z.array(resource).default([]),
  pending_operations: z.array(z.looseObject({ type: z.string(), resource })).default([]),
});

export type Deployment = z.infer<typeof deployment>;
export type ResourceState = z.infer<typeof resource> & { readonly name: string };

/** Reads a stack's state; a stack that was never deployed has an empty one. */
export function readDeployment(file: string): Deployment {
  if (!existsSync(file)) return deployment.parse({});
  const stored = z
    .object({ checkpoint: z.object({ latest: z.unknown() }) })
    .parse(JSON.parse(readFileSync(file, "utf8")));
  return deployment.parse(stored.checkpoint.latest ?? {});
}

/** The resources that a program declared, without the stack and its providers. */
export function declaredResources({ resources }: Deployment): ResourceState[] {
  return resources
    .filter(({ type }) => type !== "pulumi:pulumi:Stack" && !type.startsWith("pulumi:providers:"))
    .map((entry) => ({ ...entry, name: entry.urn.slice(entry.urn.lastIndexOf("::") + 2) }));
}

/** The program's exports. Secret ones are encrypted here: ask `pulumi stack output --show-secrets` for them. */
export function stackOutputs({ resources }: Deployment): Record<string, unknown> {
  return resources.find(({ type }) => type === "pulumi:pulumi:Stack")?.outputs ?? {};
}
