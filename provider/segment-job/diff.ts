import { isDeepStrictEqual } from "node:util";
import type { SegmentJobInputs } from "../../model";
import { isOver } from "./job";
import type { Diff } from "../lifecycle";
import { hasUnknown } from "../unknown-values";
import { runOptionsOf, scopeOf, type SegmentJobState } from "./state";

type Argument = keyof SegmentJobInputs;

/**
 * What the engine shall do. Runs are scarce: only another set of audiences, another schema or sandbox, or a trigger that
 * differs from the last run's makes a new one. What is not known yet counts as different, or a run would come that nobody
 * reviewed.
 *
 * @param defaultSandbox the setting `cja:sandbox`.
 */
export function diff(state: SegmentJobState, news: SegmentJobInputs, defaultSandbox: string): Diff {
  const isChanged = (key: Argument) => !isDeepStrictEqual(state[key], news[key]);
  const replaces = newRunReasons(state, news, defaultSandbox);
  if (replaces.length > 0) {
    // Another default sandbox is a new run although no argument of the program differs.
    const withoutInputChange = !replaces.some(isChanged);
    return {
      kind: "replace",
      replaces,
      deleteBeforeReplace: !isOver(state.status),
      ...(withoutInputChange && { withoutInputChange }),
    };
  }
  if (isToBeRetried(state, news)) return { kind: "replace", replaces: ["status"], withoutInputChange: true };
  if (!isDeepStrictEqual(runOptionsOf(state), runOptionsOf(news))) return { kind: "update" };
  // A refresh makes the engine forget that a wait has failed, so this is not left to its memory.
  const isUnfinished = news.waitForCompletion === true && state.status !== "SUCCEEDED";
  return isUnfinished ? { kind: "update", withoutInputChange: true } : { kind: "same" };
}

/** A failed run is repeated once: the repetition carries a mark, and another trigger is another run anyway. */
export function isToBeRetried(state: SegmentJobState, news: SegmentJobInputs): boolean {
  const retryRequested = news.retryFailed === true || hasUnknown(news.retryFailed);
  return retryRequested && state.status === "FAILED" && state.repeats !== true;
}

function newRunReasons(state: SegmentJobState, news: SegmentJobInputs, defaultSandbox: string): Argument[] {
  const reasons: Argument[] = [];
  if (hasScopeChanged(state, news)) reasons.push(...changedScopeArguments(state, news));
  const sandbox = news.sandbox ?? defaultSandbox;
  if (sandbox !== (state.sandboxName ?? state.sandbox ?? defaultSandbox)) reasons.push("sandbox");
  if (hasChangedTrigger(state.triggers, news.triggers)) reasons.push("triggers");
  return reasons;
}

function hasScopeChanged(state: SegmentJobState, news: SegmentJobInputs): boolean {
  if (hasUnknown([news.segmentIds, news.allSegments, news.schemaName])) return true;
  const [before, after] = [scopeOf(state), scopeOf(news)];
  if ("schemaName" in before || "schemaName" in after) return !isDeepStrictEqual(before, after);
  return !isDeepStrictEqual(new Set(before.segmentIds), new Set(after.segmentIds));
}

const changedScopeArguments = (state: SegmentJobState, news: SegmentJobInputs) =>
  (["segmentIds", "allSegments", "schemaName"] as const).filter((key) => !isDeepStrictEqual(state[key], news[key]));

/** Only a trigger that is there and differs asks for a run: removing one, or restoring the last run's value, does not. */
function hasChangedTrigger(
  lastTriggers: SegmentJobInputs["triggers"],
  desiredTriggers: SegmentJobInputs["triggers"],
): boolean {
  if (hasUnknown(desiredTriggers)) return true;
  return Object.entries(desiredTriggers ?? {}).some(([name, value]) => !isDeepStrictEqual(value, lastTriggers?.[name]));
}
