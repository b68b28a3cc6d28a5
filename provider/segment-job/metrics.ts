import { z } from "zod";
import type { SegmentJobMetrics, SegmentJobTime } from "../../model/segment-job-metrics";
import { field, held, present, type Complain } from "../http/wire-field";

type Body = Readonly<Record<string, unknown>>;
type Parse<T> = (value: unknown, name: string, complain: Complain) => T | undefined;

/** Reads the figures of a job field by field: what has another shape is told and left out, the rest is kept as it is. */
export function parseMetrics(answer: unknown, complain: Complain): SegmentJobMetrics | undefined {
  const answered = objectOf(answer, "metrics", complain);
  if (!answered) return undefined;
  const body = held(answered, "metrics", complain);
  const read = <T>(name: string, parse: Parse<T>): T | undefined => parse(body[name], `metrics.${name}`, complain);
  return present<SegmentJobMetrics>({
    ...body,
    totalTime: read("totalTime", time),
    profileSegmentationTime: read("profileSegmentationTime", time),
    totalProfiles: read("totalProfiles", count),
    segmentedProfileCounter: read("segmentedProfileCounter", counter),
    segmentProfileCounter: read("segmentProfileCounter", counter),
    segmentedProfileByNamespaceCounter: read("segmentedProfileByNamespaceCounter", counters),
    segmentedProfileByStatusCounter: read("segmentedProfileByStatusCounter", counters),
    totalProfilesByMergePolicy: read("totalProfilesByMergePolicy", counter),
  });
}

const objectOf: Parse<Body> = (value, name, complain) =>
  field({ [name]: value }, [name], z.record(z.string(), z.unknown()), complain);

const count: Parse<number> = (value, name, complain) => field({ [name]: value }, [name], z.number(), complain);

const time: Parse<SegmentJobTime> = (value, name, complain) => {
  const body = objectOf(value, name, complain);
  if (!body) return undefined;
  const ms = (part: string) => count(body[part], `${name}.${part}`, complain);
  return present<SegmentJobTime>({
    ...body,
    startTimeInMs: ms("startTimeInMs"),
    endTimeInMs: ms("endTimeInMs"),
    totalTimeInMs: ms("totalTimeInMs"),
  });
};

/** Its entries may be thousands, so the first that is wrong is told for all. */
const each =
  <T>(parse: Parse<T>): Parse<Readonly<Record<string, T>>> =>
  (value, name, complain) => {
    const body = objectOf(value, name, complain);
    if (!body) return undefined;
    let isTold = false;
    const once: Complain = (...what) => {
      if (!isTold) complain(...what);
      isTold = true;
    };
    const entries = Object.entries(body).flatMap(([key, inner]) => {
      const parsed = parse(inner, `${name}.${key}`, once);
      return parsed === undefined ? [] : [[key, parsed] as const];
    });
    return Object.fromEntries(entries);
  };

const counter = each(count);
const counters = each(counter);
