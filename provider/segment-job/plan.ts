import { isDeepStrictEqual } from "node:util";
import type { SegmentJobInputs } from "../../model";
import { UNKNOWN } from "../../model/is-unknown";
import { RUN_OPTIONS, JOB_SERVICE_FIELDS } from "../../model/segment-job";
import type { Diff } from "../lifecycle";
import { withRunOptions, type SegmentJobState } from "./state";

/** What in a plan differs from the state: arguments, or the status of the run where that is the reason. */
export function changedArguments(state: SegmentJobState, news: SegmentJobInputs, diff: Diff): string[] {
  if (diff.kind === "same") return [];
  const options = RUN_OPTIONS.filter((name) => !isDeepStrictEqual(state[name], news[name]));
  if (diff.kind === "replace") return [...diff.replaces, ...options];
  return options.length > 0 ? options : ["status"];
}

/** The outputs as far as a plan knows them. What only the run tells is unknown. */
export function plannedState(
  inputs: SegmentJobInputs,
  state: SegmentJobState | undefined,
  { orgId, sandbox }: { readonly orgId?: string | undefined; readonly sandbox: string },
): Readonly<Record<string, unknown>> {
  const run = Object.fromEntries(JOB_SERVICE_FIELDS.map((name) => [name, UNKNOWN]));
  if (state === undefined)
    return { ...inputs, ...run, sandboxName: inputs.sandbox ?? sandbox, orgId: orgId ?? UNKNOWN };
  const waits = inputs.waitForCompletion === true && state.status !== "SUCCEEDED";
  return { ...withRunOptions(state, inputs), ...(waits && run) };
}
