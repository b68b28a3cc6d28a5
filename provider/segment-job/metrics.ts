import { z } from "zod";
import type { SegmentJobMetrics, SegmentJobTime } from "../../model/segment-job-metrics";
import { readField, withoutUnsafeNumbers, withoutUndefined, type OnBadField } from "../http/answer-fields";

type Body = Readonly<Record<string, unknown>>;
type Parse<T> = (value: unknown, name: string, onBadField: OnBadField) => T | undefined;

/** Reads the figures of a job field by field: fields of another shape are reported and left out, the others are kept as they are. */
export function parseMetrics(answer: unknown, onBadField: OnBadField): SegmentJobMetrics | undefined {
  const rawMetrics = parseObject(answer, "metrics", onBadField);
  if (!rawMetrics) return undefined;
  const body = withoutUnsafeNumbers(rawMetrics, "metrics", onBadField);
  const readMetric = <T>(name: string, parse: Parse<T>): T | undefined =>
    parse(body[name], `metrics.${name}`, onBadField);
  return withoutUndefined<SegmentJobMetrics>({
    ...body,
    totalTime: readMetric("totalTime", parseTime),
    profileSegmentationTime: readMetric("profileSegmentationTime", parseTime),
    totalProfiles: readMetric("totalProfiles", parseCount),
    segmentedProfileCounter: readMetric("segmentedProfileCounter", parseCounter),
    segmentProfileCounter: readMetric("segmentProfileCounter", parseCounter),
    segmentedProfileByNamespaceCounter: readMetric("segmentedProfileByNamespaceCounter", parseCounters),
    segmentedProfileByStatusCounter: readMetric("segmentedProfileByStatusCounter", parseCounters),
    totalProfilesByMergePolicy: readMetric("totalProfilesByMergePolicy", parseCounter),
  });
}

const parseObject: Parse<Body> = (value, name, onBadField) =>
  readField({ [name]: value }, [name], z.record(z.string(), z.unknown()), onBadField);

const parseCount: Parse<number> = (value, name, onBadField) =>
  readField({ [name]: value }, [name], z.number(), onBadField);

const parseTime: Parse<SegmentJobTime> = (value, name, onBadField) => {
  const body = parseObject(value, name, onBadField);
  if (!body) return undefined;
  const readMs = (part: string) => parseCount(body[part], `${name}.${part}`, onBadField);
  return withoutUndefined<SegmentJobTime>({
    ...body,
    startTimeInMs: readMs("startTimeInMs"),
    endTimeInMs: readMs("endTimeInMs"),
    totalTimeInMs: readMs("totalTimeInMs"),
  });
};

/** Its entries may be thousands, so only the first wrong one is reported. */
const recordOf =
  <T>(parse: Parse<T>): Parse<Readonly<Record<string, T>>> =>
  (value, name, onBadField) => {
    const body = parseObject(value, name, onBadField);
    if (!body) return undefined;
    let wasReported = false;
    const reportOnce: OnBadField = (...report) => {
      if (!wasReported) onBadField(...report);
      wasReported = true;
    };
    const entries = Object.entries(body).flatMap(([key, inner]) => {
      const parsed = parse(inner, `${name}.${key}`, reportOnce);
      return parsed === undefined ? [] : [[key, parsed] as const];
    });
    return Object.fromEntries(entries);
  };

const parseCounter = recordOf(parseCount);
const parseCounters = recordOf(parseCounter);
