import { PROFILE_SCHEMA } from "../../../model";
import { LATER, SECRET } from "../preview/values";
import { inWords } from "./field-changes";
import type { Named } from "./named";

type Values = Readonly<Record<string, unknown>>;

/** Longer lists are counted. */
const MOST_NAMED = 5;

/**
 * How what a job runs over differs, in words.
 *
 * @param changed whether the segments differ although they look the same, since they are secret
 */
export function scopeChange(before: Values, after: Values, changed: boolean, named: Named): string[] {
  const [old, wanted] = [idsOf(before), idsOf(after)];
  if ((before["allSegments"] === true) !== (after["allSegments"] === true) || isSecret(before) !== isSecret(after))
    return [`it ran over ${scopeOf(before, named)}, and is to run over ${scopeOf(after, named)}`];
  if (wanted.includes(LATER)) return ["what it runs over is known only when it runs"];
  const [more, less] = [wanted.filter((id) => !old.includes(id)), old.filter((id) => !wanted.includes(id))];
  const reasons = [
    ...(more.length > 0 ? [`${counted(more, named)} ${more.length === 1 ? "comes" : "come"} in`] : []),
    ...(less.length > 0 ? [`${counted(less, named)} ${less.length === 1 ? "goes" : "go"} out`] : []),
  ];
  return reasons.length === 0 && changed && wanted.includes(SECRET)
    ? ["what it runs over is secret, and changes"]
    : reasons;
}

/** The audiences that a reader is told of: those of what a run goes over, and those that come in and go out. */
export function audiencesTold(before: Values | undefined, after: Values | undefined): string[] {
  const [old, wanted] = [idsOf(before ?? {}), idsOf(after ?? {})];
  const lists = [
    after ? wanted : old,
    wanted.filter((id) => !old.includes(id)),
    old.filter((id) => !wanted.includes(id)),
  ];
  return [...new Set(lists.flatMap((ids) => ids.slice(0, MOST_NAMED)))].filter((id) => id !== LATER && id !== SECRET);
}

/** What a run goes over, in words. */
export function scopeOf(inputs: Values, named: Named): string {
  if (inputs["allSegments"] === true) return `all segments of ${said(inputs["schemaName"] ?? PROFILE_SCHEMA)}`;
  if (isSecret(inputs)) return `segments ${SECRET}`;
  return Array.isArray(inputs["segmentIds"]) ? counted(idsOf(inputs), named) : `segments ${LATER}`;
}

const isSecret = ({ segmentIds }: Values): boolean => segmentIds === SECRET;

/** A list that is wholly unknown or secret is a word. */
const idsOf = ({ segmentIds }: Values): string[] =>
  Array.isArray(segmentIds) ? segmentIds.map(said) : segmentIds === LATER || segmentIds === SECRET ? [segmentIds] : [];

const said = (value: unknown): string => (typeof value === "string" ? value : inWords(value));

function counted(ids: readonly string[], named: Named): string {
  const shown = ids.slice(0, MOST_NAMED).map(named).join(", ");
  const more = ids.length > MOST_NAMED ? `, and ${ids.length - MOST_NAMED} more` : "";
  return `${ids.length} ${ids.length === 1 ? "segment" : "segments"}: ${shown}${more}`;
}
