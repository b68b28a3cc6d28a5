import { cpus } from "node:os";
import { genericRequests } from "./floor";
import type { Part, Row, Statement } from "./row";
import type { EvaluationRow } from "./evaluate";
import { TITLES } from "./scenarios";
import type { LimitsRow } from "./limits";
import type { LanguageRow } from "./language";
import type { Written } from "./results-file";
import { holds, type Measured } from "./statements";
import type { DoorRow } from "./native";
import type { TagsRow } from "./tags";
import { orNone, shown, table, times } from "./table";

export interface Results extends Measured {
  readonly statements: readonly Statement[];
}

const HEADINGS: Readonly<Record<Part, string>> = {
  engine: "The real engine, without limits. Floors: requests by rule, seconds of as many resources that do nothing.",
  process: "The provider process alone, over the engine's protocol, without limits. Floors as above.",
  limits: "Under Adobe's limits (60 a minute, 12 in 6 s), on a fast clock. Floors: by rule.",
  realtime: "Provider processes side by side under Adobe's limits, in real time. Floor: by rule.",
  start: "The start of the provider's code.",
  language: "The definition language: processor time of the fastest of some runs.",
  growth: "How the definition language grows.",
  evaluate:
    "A definition of 10 conditions on sample events, as a process: processor time of the fastest of some runs, the most memory.",
  review: "A review of a preview, as a process.",
  export: "An export of a data view, as a process, without limits.",
  tags: "Tags of new segments on the real engine, without limits.",
  native: "Both doors on the real engine, without limits: seconds of each operation.",
};

/** For the terminal. */
export function printed({
  rows,
  realTime,
  start,
  language,
  evaluation,
  review,
  exported,
  tags,
  doors,
  statements,
}: Results): string {
  const of = (part: Part) => rows.filter((row) => row.part === part);
  const sections = [
    ...(["engine", "process"] as const).map((part) => section(part, of(part), costTable)),
    section("limits", of("limits"), limitTable),
    of("limits").length > 0 ? generic(of("limits")) : "",
    realTime.length > 0 ? `${HEADINGS.realtime}\n\n${realTimeTable(realTime)}` : "",
    start
      ? `${HEADINGS.start}\n\nrequire("pulumi-cja/provider") ${shown(start.providerMs)} ms, axios and zod alone ${shown(start.librariesMs)} ms`
      : "",
    language.length > 0 ? `${HEADINGS.language}\n\n${languageTable(language)}` : "",
    evaluation.length > 0 ? `${HEADINGS.evaluate}\n\n${evaluationTable(evaluation)}` : "",
    review
      ? `${HEADINGS.review}\n\n${shown(review.segments)} changed segments, ${shown(review.inputMB, 1)} MB: ${shown(review.seconds, 2)} s, ${shown(review.peakMB)} MB at most, ${shown(review.characters)} characters`
      : "",
    exported
      ? `${HEADINGS.export}\n\n${shown(exported.segments)} segments: ${shown(exported.seconds, 2)} s, ${shown(exported.requests)} requests`
      : "",
    tags.length > 0 ? `${HEADINGS.tags}\n\n${tagsTable(tags)}` : "",
    doors.length > 0 ? `${HEADINGS.native}\n\n${doorTable(doors)}` : "",
    statements.length > 0 ? statementTable(statements) : "",
  ];
  return sections.filter((text) => text !== "").join("\n\n");
}

const section = (part: Part, rows: readonly Row[], show: (rows: readonly Row[]) => string) =>
  rows.length === 0 ? "" : `${HEADINGS[part]}\n\n${show(rows)}`;

const MEGABYTE = 1_000_000;

const costTable = (rows: readonly Row[]) =>
  table(
    ["", "resources", "requests", "floor", "", "seconds", "floor", "", "processor s", "state KB", "idle MB", "peak MB"],
    rows.map((row) => [
      TITLES[row.scenario],
      shown(row.resources),
      shown(row.requests),
      shown(row.floorRequests),
      times(row.requests, row.floorRequests),
      shown(row.seconds, 1),
      orNone(row.floorSeconds, (seconds) => shown(seconds, 1)),
      times(row.seconds, row.floorSeconds),
      orNone(row.processorSeconds, (seconds) => shown(seconds, 1)),
      orNone(row.stateBytes, (bytes) => shown(bytes / 1000)),
      orNone(row.idleBytes, (bytes) => shown(bytes / MEGABYTE)),
      orNone(row.peakBytes, (bytes) => shown(bytes / MEGABYTE)),
    ]),
  );

const limitTable = (rows: readonly Row[]) =>
  table(
    ["", "resources", "requests", "floor", "", "minutes", "floor", ""],
    rows.map((row) => [
      TITLES[row.scenario],
      shown(row.resources),
      shown(row.requests),
      shown(row.floorRequests),
      times(row.requests, row.floorRequests),
      shown(row.seconds / 60, 1),
      orNone(row.floorSeconds, (seconds) => shown(seconds / 60, 1)),
      times(row.seconds, row.floorSeconds),
    ]),
  );

const realTimeTable = (rows: readonly LimitsRow[]) =>
  table(
    ["", "processes", "requests", "refused", "seconds", "floor", ""],
    rows.map((row) => [
      row.scenario,
      shown(row.processes),
      shown(row.requests),
      shown(row.refused),
      shown(row.seconds, 1),
      shown(row.idealSeconds, 1),
      times(row.seconds, row.idealSeconds),
    ]),
  );

const languageTable = (rows: readonly LanguageRow[]) =>
  table(
    ["", "conditions", "ms", "µs a condition"],
    rows.map(({ what, conditions, ms }) => [what, shown(conditions), shown(ms, 2), shown((ms * 1000) / conditions, 2)]),
  );

const evaluationTable = (rows: readonly EvaluationRow[]) =>
  table(
    ["events", "", "seconds", "µs an event", "MB"],
    rows.map(({ events, shape, seconds, peakMB }) => [
      shown(events),
      shape,
      shown(seconds, 2),
      shown((seconds * 1_000_000) / events, 2),
      shown(peakMB),
    ]),
  );

function generic(rows: readonly Row[]): string {
  const count = Math.max(...rows.map(({ resources }) => resources));
  const requests = genericRequests(count);
  return `For comparison, computed: a generic provider that asks 2 requests of each resource and plan needs ${shown(requests)} for each plan of ${shown(count)}, which is ${shown(requests / 60)} minutes.`;
}

const statementTable = (statements: readonly Statement[]) =>
  table(
    ["Limits", "found", "at most", ""],
    statements.map((statement) => [
      statement.text,
      number(statement.value),
      number(statement.atMost),
      holds(statement) ? "holds" : "BROKEN",
    ]),
  );

const doorTable = (rows: readonly DoorRow[]) =>
  table(
    ["", "segments", "create", "nothing", "refresh", "destroy", "state bytes", "start ms"],
    rows.map(({ door, segments, seconds, stateBytes, startMs }) => [
      door,
      shown(segments),
      ...[seconds.create, seconds.nothing, seconds.refresh, seconds.destroy].map((one) => shown(one, 1)),
      shown(stateBytes),
      shown(startMs),
    ]),
  );

const tagsTable = (rows: readonly TagsRow[]) =>
  table(
    ["segments", "in parallel", "requests", "seconds"],
    rows.map(({ segments, parallel, requests, seconds }) => [
      shown(segments),
      shown(parallel),
      shown(requests),
      shown(seconds, 1),
    ]),
  );

const number = (value: number) => shown(value, Number.isInteger(value) ? 0 : 2);

const rounded = (value: number | undefined, digits: number) =>
  value === undefined ? undefined : Number(value.toFixed(digits));

/** What results.json holds of each part: nothing in it that changes when nothing has changed but the day. */
export const written = ({
  rows,
  realTime,
  start,
  language,
  evaluation,
  review,
  exported,
  tags,
  doors,
  statements,
}: Results): Written => ({
  machine: { node: process.version, cores: cpus().length },
  rows: rows.map((row) => ({
    part: row.part,
    scenario: row.scenario,
    resources: row.resources,
    requests: row.requests,
    floorRequests: row.floorRequests,
    seconds: rounded(row.seconds, 1),
    floorSeconds: rounded(row.floorSeconds, 1),
    processorSeconds: rounded(row.processorSeconds, 1),
    stateKB: rounded(row.stateBytes === undefined ? undefined : row.stateBytes / 1000, 0),
    idleMB: rounded(row.idleBytes === undefined ? undefined : row.idleBytes / MEGABYTE, 0),
    peakMB: rounded(row.peakBytes === undefined ? undefined : row.peakBytes / MEGABYTE, 0),
  })),
  realTime: realTime.map((row) => ({ ...row, seconds: rounded(row.seconds, 1), wrong: row.wrong.length })),
  start: start && { providerMs: rounded(start.providerMs, 0), librariesMs: rounded(start.librariesMs, 0) },
  language: language.map((row) => ({ ...row, ms: rounded(row.ms, 2) })),
  evaluation: evaluation.map((row) => ({
    ...row,
    seconds: rounded(row.seconds, 2),
    peakMB: rounded(row.peakMB, 0),
  })),
  review: review && {
    ...review,
    inputMB: rounded(review.inputMB, 1),
    seconds: rounded(review.seconds, 2),
    peakMB: rounded(review.peakMB, 0),
  },
  export: exported && { ...exported, seconds: rounded(exported.seconds, 2) },
  tags: tags.map((row) => ({ ...row, seconds: rounded(row.seconds, 1) })),
  doors: doors.map((row) => ({
    ...row,
    seconds: Object.fromEntries(Object.entries(row.seconds).map(([scenario, one]) => [scenario, rounded(one, 1)])),
    stateBytes: Math.round(row.stateBytes),
    startMs: Math.round(row.startMs),
  })),
  limits: statements.map((statement) => ({
    ...statement,
    value: rounded(statement.value, 2),
    holds: holds(statement),
  })),
});
