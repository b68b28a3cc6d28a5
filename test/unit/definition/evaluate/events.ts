import type { EvaluateOptions, SampleEvent, Values } from "../../../../definition";
import { evaluate } from "../../../../definition";
import { around } from "../samples";

/** Events of the person p in the session s, a minute after each other: their pages, or all of their values. */
export function visit(...pages: readonly (string | Values)[]): SampleEvent[] {
  return visits(pages);
}

/** The same in several sessions, each an hour after the one before. */
export function visits(...sessions: readonly (readonly (string | Values)[])[]): SampleEvent[] {
  return sessions.flatMap((pages, session) =>
    pages.map((page, index) => ({
      person: "p",
      session: `s${session + 1}`,
      time: (session * 60 + index) * 60_000,
      values: typeof page === "string" ? { "variables/page": page } : page,
    })),
  );
}

export const page = { func: "attr", name: "variables/page" };
export const is = (str: string, val: object = page): object => ({ func: "streq", str, val });
export const container = (context: string, pred: object): object => ({ func: "container", context, pred });
export const hit = (str: string): object => container("hits", is(str));
export const session = (str: string): object => container("visits", is(str));
export const sequence = (...stream: readonly object[]): object => ({ func: "sequence", stream });
export const all = (...checkpoints: readonly object[]): object => ({ func: "sequence-and", checkpoints });
export const any = (...checkpoints: readonly object[]): object => ({ func: "sequence-or", checkpoints });
export const excluding = { func: "exclude-next-checkpoint" };
export const within = (count: number, unit: string): object => restriction("within", count, unit);
export const after = (count: number, unit: string): object => restriction("after", count, unit);
const restriction = (limit: string, count: number, unit: string): object =>
  unit === "hits" || unit === "visits"
    ? { func: "container-restriction", limit, count, container: unit }
    : { func: "time-restriction", limit, count, unit };

/** Which of some events a condition selects on a level, by their indexes: "0 2". */
export function selected(
  pred: object,
  context: string,
  events: readonly SampleEvent[],
  options: EvaluateOptions = {},
): string {
  const { events: found } = evaluate(around(pred, context), events, options);
  return events.flatMap((event, index) => (found.includes(event) ? [index] : [])).join(" ");
}

/** Whether the person has the sequence. */
export const has = (
  stream: readonly object[],
  events: readonly SampleEvent[],
  options: EvaluateOptions = {},
): boolean => selected(sequence(...stream), "visitors", events, options) !== "";
