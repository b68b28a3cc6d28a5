import type { Container, Context, EvaluateOptions, GuideContainer, SampleEvent } from "../../../../../definition";

/** An event, with its time as a number. */
export interface Row {
  readonly sample: SampleEvent;
  readonly time: number;
}

/** Events in the order of time. */
export type Events = readonly Row[];

/** All that a condition can look at, beside the unit for which it is true or not. */
export interface Sight {
  readonly all: Events;
  readonly options: EvaluateOptions;
  /** The units for which a container's condition is true, of those that a unit lies in, is, or consists of. */
  unitsWhere(container: Container | GuideContainer, unit: Events): Events[];
}

/** Events by time; those of one time in the order in which they were given, which a stable sort keeps. */
export function inOrder(samples: readonly SampleEvent[]): Events {
  return samples.map((sample) => ({ sample, time: timeOf(sample.time) })).sort((a, b) => a.time - b.time);
}

function timeOf(time: SampleEvent["time"]): number {
  if (typeof time === "number") return time;
  if (time instanceof Date) return time.getTime();
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(time);
  return Date.parse(hasZone ? time : `${time.length > 10 ? time : `${time}T00:00`}Z`);
}

/** The whole units of a level to which these events belong, by their first event. */
export function unitsOf(context: Context, rows: Events, all: Events): Events[] {
  const units: Events[] = [];
  for (const row of rows) {
    if (!units.some((unit) => unit.includes(row))) units.push(all.filter((other) => isOneUnit(context, row, other)));
  }
  return units;
}

function isOneUnit(context: Context, a: Row, b: Row): boolean {
  switch (context) {
    case "hits":
      return a === b;
    case "visits":
      return a.sample.person === b.sample.person && a.sample.session === b.sample.session;
    case "visitors":
      return a.sample.person === b.sample.person;
  }
}
