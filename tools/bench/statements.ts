/** What is promised of the costs, and whether it holds. */
import { evaluationStatements, type EvaluationRow } from "./evaluate";
import { exportStatements, type ExportRow } from "./export";
import type { LimitsRow } from "./limits";
import { languageStatements, type LanguageRow } from "./language";
import { reviewStatements, type ReviewRow } from "./review";
import type { Row, Statement } from "./row";
import { isChanged } from "./scenarios";
import type { Start } from "./start";
import { doorStatements, type DoorRow } from "./native";
import { tagsStatements, type TagsRow } from "./tags";

const PAGE = 1000;
/** Filters by ID and pages of the listing take turns, and a token may be needed. */
const listing = (count: number) => 2 * Math.ceil(count / PAGE) + 1;

export const holds = ({ value, atMost }: Statement): boolean => value <= atMost;

/** All that was measured. */
export interface Measured {
  readonly rows: readonly Row[];
  readonly realTime: readonly LimitsRow[];
  readonly start: Start | undefined;
  readonly language: readonly LanguageRow[];
  readonly languageGrowth: readonly Statement[];
  readonly evaluation: readonly EvaluationRow[];
  readonly review: ReviewRow | undefined;
  readonly exported: ExportRow | undefined;
  readonly tags: readonly TagsRow[];
  readonly doors: readonly DoorRow[];
}

export function statements({
  rows,
  realTime,
  start,
  language,
  languageGrowth,
  evaluation,
  review,
  exported,
  tags,
  doors,
}: Measured): Statement[] {
  return [
    ...realTime.flatMap(inRealTime),
    ...rows.flatMap((row) => requestsOf(row) ?? []),
    ...refused(rows.filter(({ part }) => part === "limits")),
    ...rows.flatMap((row) => creation(row) ?? []),
    ...growth(rows),
    ...(start
      ? [
          {
            part: "start" as const,
            text: "provider start ÷ axios and zod",
            value: start.providerMs / start.librariesMs,
            atMost: 1.25,
          },
        ]
      : []),
    ...languageStatements(language),
    ...languageGrowth,
    ...evaluationStatements(evaluation),
    ...reviewStatements(review),
    ...exportStatements(exported),
    ...tagsStatements(tags),
    ...doorStatements(doors),
  ];
}

/** Runners that do not know of each other cannot keep the limits together: they have to get through, and lose nothing. */
function inRealTime({
  scenario,
  seconds,
  idealSeconds,
  requests,
  refused,
  wrong,
  together,
  processes,
}: LimitsRow): Statement[] {
  const state = (what: string, value: number, atMost: number): Statement => ({
    part: "realtime",
    text: `real time: ${scenario}: ${what}`,
    value,
    atMost,
  });
  const complete = state("lost or doubled", wrong.length, 0);
  if (!together) return [complete];
  return [
    complete,
    state("seconds ÷ the least that the limits allow", seconds / idealSeconds, 1 / 0.95),
    // Runners of several hosts meet in Redis, and their ways to the service differ.
    state("refused with 429, of all", refused / requests, processes > 2 ? 0.01 : 0),
  ];
}

function requestsOf({ part, scenario, resources, requests }: Row): Statement | undefined {
  const state = (what: string, atMost: number): Statement => ({
    part,
    text: `${part}, ${resources}: requests of ${what}`,
    value: requests,
    atMost,
  });
  switch (scenario) {
    case "nothing":
      return state("preview and up with nothing to do", 0);
    case "refresh":
      return state("a refresh", listing(resources));
    case "adopt":
      return state("adoption, unchanged (the listing)", listing(resources));
    case "jobs":
      return state("a refresh of jobs", 3);
    case "change": {
      const changed = Array.from({ length: resources }, (_, i) => i).filter(isChanged).length;
      return state(`preview and up with ${changed} changed`, 2 * changed);
    }
    case "create":
    case "destroy":
      return undefined;
  }
}

function refused(rows: readonly Row[]): Statement[] {
  if (rows.length === 0) return [];
  const value = rows.reduce((sum, row) => sum + row.refused, 0);
  return [{ part: "limits", text: "requests refused with 429, of all under limits", value, atMost: 0 }];
}

/** Of a few resources, the start of the processes is most of the time, and its chance. */
const FEWEST_TO_COMPARE = 1000;

function creation({ part, scenario, resources, seconds, floorSeconds }: Row): Statement | undefined {
  if (part !== "engine" || scenario !== "create" || resources < FEWEST_TO_COMPARE || floorSeconds === undefined)
    return undefined;
  return {
    part,
    text: `engine, ${resources}: create ÷ do nothing, seconds`,
    value: seconds / floorSeconds,
    atMost: 1.15,
  };
}

const FEW = 1_000;
const MANY = 10_000;

/** Time and memory for each segment, of many against few: of all scenarios the one that grows most. */
function growth(rows: readonly Row[]): Statement[] {
  const of = (count: number) => rows.filter(({ part, resources }) => part === "process" && resources === count);
  const pairs = of(MANY).flatMap((many) => {
    const few = of(FEW).find(({ scenario }) => scenario === many.scenario);
    return few ? [[many, few] as const] : [];
  });
  return Object.entries(GROWING).flatMap(([what, cost]) => {
    const ratios = pairs.map(([many, few]) => cost(many) / MANY / (cost(few) / FEW));
    if (ratios.length === 0 || ratios.some(Number.isNaN)) return [];
    const text = `process: ${what} for each segment, of ${MANY} ÷ of ${FEW}, at worst`;
    return [{ part: "process", text, value: Math.max(...ratios), atMost: 1.2 }];
  });
}

/** NaN where the system does not tell. */
const GROWING: Readonly<Record<string, (row: Row) => number>> = {
  seconds: ({ seconds }) => seconds,
  "processor seconds": ({ processorSeconds = NaN }) => processorSeconds,
  memory: ({ peakBytes = NaN, idleBytes = NaN }) => peakBytes - idleBytes,
};
