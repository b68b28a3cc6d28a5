import type * as pulumi from "@pulumi/pulumi";

/**
 * Refuses an inline program of the Automation API that has mistakes: the engine ends a run at a failed check, and has no
 * other way to end one that leaves the rest of the process alone.
 */
export const refusedProgram: pulumi.dynamic.ResourceProvider = {
  check: async (_olds: unknown, news: Readonly<Record<string, unknown>>) => ({
    inputs: { ...news },
    failures: [{ property: "", reason: String(news["report"]) }],
  }),
  create: async () => {
    throw new Error("A refused program cannot be made.");
  },
};
