import { dimension, hits, metric, segment, sequence, visitors, visits, within } from "../../definition";
import { evaluate } from "../../definition/evaluate/evaluate";
import { sampleEvents, startEmulator, type SampleEvent } from "../../emulator";
import { withEmulator, type Call } from "./client";

const day = 86_400_000;
const noon = Date.UTC(2026, 10, 30, 12);
const midnight = Date.UTC(2026, 10, 30);

/** The definitions of examples/quickstart, of its change, and of examples/promotion. */
const examples = {
  mobile: segment(visits(dimension("device_type").isIn(["Mobile Phone", "Tablet"]))),
  bigSpenders: segment(visitors(metric("revenue").isAtLeast(100))),
  biggerSpenders: segment(visitors(metric("revenue").isAtLeast(250))),
  researchThenOrder: segment(
    visitors(sequence(hits(dimension("page").contains("product")), within(1, "week"), hits(metric("orders").exists()))),
  ),
  buyers: segment(visits(metric("orders").isAtLeast(1))),
  readBeforeBuying: segment(
    visitors(
      sequence(
        hits(dimension("web.webPageDetails.name").contains("guide")),
        within(1, "week"),
        hits(metric("orders").exists()),
      ),
    ),
  ),
  onPhones: segment(visits(dimension("device_type").is("Phone"))),
  offer: segment(visits(dimension("page").is("Offer"))),
};

const at = (event: SampleEvent | undefined): number => Date.parse(String(event?.time));
const line = (person: string, values: SampleEvent["values"] = {}): SampleEvent => ({
  ...{ person, session: "1", time: new Date(midnight - 3_600_000).toISOString(), values },
});

/** Persons, sessions and events of each definition in the last 30 days, from a report. */
async function sizes(call: Call, definitions: readonly unknown[], dateRange = "td-30d/td"): Promise<number[][]> {
  const names = ["visitors", "visits", "occurrences"];
  const metrics = definitions.flatMap((_, index) =>
    names.map((name) => ({ id: `metrics/${name}`, columnId: `${index} ${name}`, filters: [String(index)] })),
  );
  const metricFilters = definitions.map((segmentDefinition, index) => ({
    ...{ id: String(index), type: "segment", segmentDefinition },
  }));
  const globalFilters = [{ type: "dateRange", dateRange }];
  const body = { dataId: "dv_prod", globalFilters, metricContainer: { metrics, metricFilters } };
  const answer = await call("POST", "/reports", body);
  const { totals } = (answer.body as unknown as { summaryData: { totals: number[] } }).summaryData;
  return definitions.map((_, index) => totals.slice(3 * index, 3 * index + 3));
}

const everybody = segment(hits(metric("occurrences").exists()));

describe("the emulator's own events", () => {
  const events = sampleEvents(noon);
  const times = events.map(at);
  /** Sessions that have begun: the first one has. */
  const started = new Set([events[0]?.session]);

  test("are of 2,000 persons in the 30 days up to the last midnight, of which each has some", () => {
    expect(new Set(events.map(({ person }) => person)).size).toBe(2000);
    expect(times.every((time) => time >= midnight - 30 * day && time < midnight)).toBe(true);
    const days = new Set(times.map((time) => Math.floor(time / day)));
    expect(days.size).toBe(30);
  });

  test("are the same at each time of a day, and on another day the same, later", () => {
    // As text: comparing twenty thousand objects takes seconds.
    const text = JSON.stringify(events);
    expect(JSON.stringify(sampleEvents(midnight)) === text).toBe(true);
    expect(JSON.stringify(sampleEvents(midnight + day - 1)) === text).toBe(true);
    const later = events.map((event) => ({ ...event, time: new Date(at(event) + 7 * day).toISOString() }));
    expect(JSON.stringify(sampleEvents(noon + 7 * day)) === JSON.stringify(later)).toBe(true);
  });

  test("come person by person, session by session, in order, and never half an hour apart in a session", () => {
    const wrong = events.slice(1).filter((event, index) => {
      const before = events[index];
      if (event.session !== before?.session) return started.has(event.session) || !started.add(event.session);
      const gap = at(event) - at(before);
      return event.person !== before.person || gap <= 0 || gap >= 1_800_000;
    });
    expect(wrong).toEqual([]);
  });

  test("use the dimensions and metrics of the data views, and nothing else", () =>
    withEmulator({}, async ({ call }) => {
      const ids = async (kind: string) =>
        (await call("GET", `/data/dataviews/dv_prod/${kind}`)).list.map(({ id }) => id);
      const known = [...(await ids("dimensions")), ...(await ids("metrics"))];
      const used = new Set(events.flatMap(({ values }) => Object.keys(values)));
      const counted = ["metrics/occurrences", "metrics/visits", "metrics/visitors", "variables/daterangeday"];
      expect([...used].toSorted()).toEqual(known.filter((id) => !counted.includes(id)).toSorted());
    }));

  test("tell the examples apart: each selects some persons, not all, and the quickstart's change others than before", () => {
    const persons = Object.values(examples).map((definition) => evaluate(definition, events).persons.length);
    for (const count of persons) {
      expect(count).toBeGreaterThan(50);
      expect(count).toBeLessThan(1900);
    }
    expect(new Set(persons).size).toBe(persons.length);
    const { length: before } = evaluate(examples.bigSpenders, events).persons;
    const { length: after } = evaluate(examples.biggerSpenders, events).persons;
    expect(after).toBeLessThan(before / 2);
  });
});

describe("events of an emulator", () => {
  test("are told by control as lines that evaluate to what a report counts", () =>
    withEmulator({}, async ({ emulator: { url, control }, call }) => {
      const answer = await fetch(`${url}/__emulator/events`);
      expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
      const lines = (await answer.text()).split("\n");
      expect(lines.pop()).toBe("");
      expect(lines).not.toContain("");
      const events = lines.map((text) => JSON.parse(text) as SampleEvent);
      expect(lines).toEqual(control.events().map((event) => JSON.stringify(event)));
      const definitions = Object.values(examples).slice(0, 6);
      const expected = definitions.map((definition) => {
        const { persons, sessions, events: selected } = evaluate(definition, events);
        return [persons.length, sessions.length, selected.length];
      });
      expect(await sizes(call, definitions)).toEqual(expected);
      expect((await sizes(call, [examples.mobile], "td-7d/td"))[0]?.[0]).toBeLessThan(Number(expected[0]?.[0]));
    }));

  test("go along with its clock", () =>
    withEmulator({}, async ({ emulator: { control }, call }) => {
      const before = await sizes(call, [examples.bigSpenders]);
      control.advance(3 * day);
      control.issueToken();
      const first = Math.min(...control.events().map(at));
      expect(first).toBeGreaterThan(control.clock().now - 31 * day);
      const { access_token } = control.issueToken();
      const renewed: Call = (method, path, body) =>
        call(method, path, body, { headers: { authorization: `Bearer ${access_token}` } });
      expect(await sizes(renewed, [examples.bigSpenders])).toEqual(before);
    }));

  test("are those that control sets, until it takes them back or resets", () =>
    withEmulator({ clock: "manual" }, async ({ emulator: { control }, call }) => {
      const now = { mode: "manual", now: noon } as const;
      control.setClock(now);
      const own = control.events();
      control.setEvents([line("a"), line("b"), { ...line("b"), time: noon }]);
      expect(await sizes(call, [everybody])).toEqual([[2, 2, 2]]);
      control.setEvents([]);
      expect(await sizes(call, [everybody])).toEqual([[0, 0, 0]]);
      control.setEvents(null);
      expect(control.events()).toBe(own);
      control.setEvents([line("a")]);
      control.reset();
      expect(control.events()).toHaveLength(own.length);
    }));

  test("are those that it was started with", () =>
    withEmulator({ events: [line("a")] }, async ({ emulator: { control }, call }) => {
      control.setClock({ mode: "manual", now: noon });
      expect(await sizes(call, [everybody])).toEqual([[1, 1, 1]]);
      control.setEvents([line("a"), line("b")]);
      control.reset();
      expect(control.events()).toEqual([line("a")]);
    }));

  test.each<[unknown, string]>([
    [{}, "found an object, expected a list"],
    [[{ ...line("a"), person: "" }], '[0].person: found the string "", expected at least 1 character'],
    [[line("a"), { ...line("a"), time: "yesterday" }], "[1].time: expected milliseconds since 1970, or a time"],
    [[{ ...line("a"), values: { page: "Cart" } }], '[0].values: expected IDs such as "variables/page"'],
    [[{ ...line("a"), values: { "variables/page": {} } }], "[0].values.variables/page: expected a text, a number"],
    [[{ ...line("a"), sesion: "1" }], 'there is no "sesion"; the fields are person, session, time, values, persisted'],
  ])("refuses %j", async (events, message) => {
    await withEmulator({ events: [line("a")] }, async ({ emulator: { control } }) => {
      expect(() => control.setEvents(events as SampleEvent[])).toThrow(message);
      expect(control.events()).toEqual([line("a")]);
      return Promise.resolve();
    });
    await expect(startEmulator({ events: events as SampleEvent[] })).rejects.toThrow(message);
  });
});
