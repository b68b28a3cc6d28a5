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
  const differs = (key: Argument) => !isDeepStrictEqual(state[key], news[key]);
  const because = newRunBecause(state, news, defaultSandbox);
  if (because.length > 0) {
    // Another default sandbox is a new run although no argument of the program differs.
    const unlisted = !because.some(differs);
    return { kind: "replace", because, deleteFirst: !isOver(state.status), ...(unlisted && { unlisted }) };
  }
  if (isRetried(state, news)) return { kind: "replace", because: ["status"], unlisted: true };
  if (!isDeepStrictEqual(runOptionsOf(state), runOptionsOf(news))) return { kind: "update" };
  // A refresh makes the engine forget that a wait has failed, so this is not left to its memory.
  const unfinished = news.waitForCompletion === true && state.status !== "SUCCEEDED";
  return unfinished ? { kind: "update", unlisted: true } : { kind: "same" };
}

/** A failed run is repeated once: the repetition carries a mark, and another trigger is another run anyway. */
export function isRetried(state: SegmentJobState, news: SegmentJobInputs): boolean {
  const asked = news.retryFailed === true || hasUnknown(news.retryFailed);
  return asked && state.status === "FAILED" && state.repeats !== true;
}

function newRunBecause(state: SegmentJobState, news: SegmentJobInputs, defaultSandbox: string): Argument[] {
  const because: Argument[] = [];
  if (scopeChanged(state, news)) because.push(...scopeArguments(state, news));
  const sandbox = news.sandbox ?? defaultSandbox;
  if (sandbox !== (state.sandboxName ?? state.sandbox ?? defaultSandbox)) because.push("sandbox");
  if (triggered(state.triggers, news.triggers)) because.push("triggers");
  return because;
}

function scopeChanged(state: SegmentJobState, news: SegmentJobInputs): boolean {
  if (hasUnknown([news.segmentIds, news.allSegments, news.schemaName])) return true;
  const [before, after] = [scopeOf(state), scopeOf(news)];
  if ("schemaName" in before || "schemaName" in after) return !isDeepStrictEqual(before, after);
  return !isDeepStrictEqual(new Set(before.segmentIds), new Set(after.segmentIds));
}

const scopeArguments = (state: SegmentJobState, news: SegmentJobInputs) =>
  (["segmentIds", "allSegments", "schemaName"] as const).filter((key) => !isDeepStrictEqual(state[key], news[key]));

/** Only a trigger that is there and differs asks for a run: removing one, or restoring the last run's value, does not. */
function triggered(ran: SegmentJobInputs["triggers"], wanted: SegmentJobInputs["triggers"]): boolean {
  if (hasUnknown(wanted)) return true;
  return Object.entries(wanted ?? {}).some(([name, value]) => !isDeepStrictEqual(value, ran?.[name]));
}
