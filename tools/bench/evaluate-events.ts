/** The events and the definition that the evaluation is measured with. */
import type { SampleEvent } from "../../definition";

/** So many events has a session, and so many sessions a person, where there are many persons. */
const EVENTS = 5;
const SESSIONS = 4;
const PAGES = Array.from({ length: 40 }, (_, index) => `Page ${index}`);
const DEVICES = ["phone", "tablet", "desktop"];

/** Whose the events are. */
export const SHAPES = ["of many persons", "of one person"] as const;
export type Shape = (typeof SHAPES)[number];

/** Events as they come from a file: an object for each, with values of its own. Always the same. */
export function sampleEvents(count: number, shape: Shape): SampleEvent[] {
  const next = numbers(1);
  const sessions = shape === "of one person" ? count : SESSIONS;
  return Array.from({ length: count }, (_, index) => {
    const session = Math.floor(index / EVENTS) % sessions;
    const person = Math.floor(index / (EVENTS * sessions));
    return {
      person: `person-${person}`,
      session: `session-${session}`,
      time: 1_767_225_600_000 + (person % 1_000) * 60_000 + session * 86_400_000 + (index % EVENTS) * 45_000,
      values: {
        "variables/page": PAGES[next() % PAGES.length] as string,
        "variables/device": DEVICES[person % DEVICES.length] as string,
        "metrics/orders": next() % 12 === 0 ? 1 : 0,
        "metrics/revenue": next() % 200,
      },
    };
  });
}

/** Random numbers that are the same in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}

const attr = (name: string) => ({ func: "attr", name: `variables/${name}` });
const evt = (name: string) => ({ func: "event", name: `metrics/${name}` });
const page = (str: string) => ({ func: "streq", str, val: attr("page") });
const container = (context: string, pred: object) => ({ func: "container", context, pred });
const hits = (pred: object) => container("hits", pred);

/** Ten conditions of all kinds, with a sequence whose steps have a distance and an exclusion. */
export const TEN_CONDITIONS = {
  func: "segment",
  version: [1, 0, 0],
  container: container("visitors", {
    func: "and",
    preds: [
      { func: "streq-in", list: ["phone", "tablet"], val: attr("device") },
      { func: "gt", num: 0, val: { func: "total", evt: evt("orders") } },
      { func: "ge", num: 5, val: { func: "total-distinct", field: attr("page") } },
      container("visits", { func: "range", low: 300, high: null, val: { func: "attr", name: "metrics/revenue" } }),
      { func: "or", preds: [hits({ func: "contains", str: "e 1", val: attr("page") }), hits(page("Page 3"))] },
      { func: "without", pred: container("visits", { func: "matches", glob: "*age 40", val: attr("page") }) },
      {
        func: "sequence",
        stream: [
          hits({ func: "starts-with", str: "Page 2", val: attr("page") }),
          { func: "time-restriction", limit: "within", count: 2, unit: "day" },
          { func: "exclude-next-checkpoint" },
          hits(page("Page 7")),
          hits({ func: "event-exists", evt: evt("orders") }),
        ],
      },
    ],
  }),
};
