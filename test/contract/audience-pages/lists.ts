import { audiencesPath, content, definitionsPath, evaluation, inSandbox, newAudience, pql, write } from "../audiences";
import { at, pluck } from "../json";
import { step, type Ask, type Place } from "../place";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { statement, type Statement } from "../statement";

const audiences = (query: NonNullable<Ask["query"]> = {}): Ask => ({ path: audiencesPath, query });
const definitions = (query: NonNullable<Ask["query"]> = {}): Ask => ({ path: definitionsPath, query });

/** Audiences of these names, a second apart; the last one is the newest. */
async function named(place: Place, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await place.control("POST", "/audiences", { name });
    await place.advance(step);
  }
}

const five = (place: Place) => named(place, "one", "two", "three", "four", "five");
const namesIn = (body: unknown, list: "children" | "segments") => pluck(at(body as never, list), "name");

export const listStatements: readonly Statement[] = [
  statement({
    of: "definitions > list > answer",
    says: "the sample's shape: segments, page, link; the last ones made come first",
    given: five,
    ask: definitions({ limit: 2 }),
    answer: async ({ status, body }, { place }) => {
      expect([status, namesIn(body, "segments")]).toEqual([200, ["five", "four"]]);
      const beside = ["+ segments[].profileInstanceId", "+ segments[].sandbox"];
      expect(sameShape(recorded("definitions-list.answer"), body ?? null)).toEqual(beside);
      const page = { totalCount: 5, totalPages: 3, sortField: "creationTime", sort: "desc", pageSize: 2 };
      expect(at(body, "page")).toEqual({ ...page, limit: 2 });
      expect(at((await place.ask(definitions())).body, "page.limit")).toBe(100);
    },
    decides: "definition-list-members",
  }),
  statement({
    of: "definitions > list > start",
    says: "the starting offset",
    given: five,
    ask: definitions({ start: 1, limit: 2 }),
    answer: ({ body }) => expect(namesIn(body, "segments")).toEqual(["four", "three"]),
  }),
  statement({
    of: "definitions > list > limit",
    says: "the number of definitions on a page; its bounds are not said",
    given: five,
    ask: definitions({ limit: 3 }),
    answer: async ({ body }, { place }) => {
      expect(namesIn(body, "segments")).toEqual(["five", "four", "three"]);
      for (const [limit, status] of [
        [0, 400],
        [100, 200],
        [101, 400],
      ] as const) {
        expect([limit, (await place.ask(definitions({ limit }))).status]).toEqual([limit, status]);
      }
    },
    decides: "definition-list-bounds",
  }),
  statement({
    of: "definitions > list > page",
    says: "the page that results start from; whether the first one is 0 or 1 is not said",
    given: five,
    ask: definitions({ page: 1, limit: 2 }),
    answer: async ({ body }, { place }) => {
      expect(namesIn(body, "segments")).toEqual(["three", "two"]);
      expect(namesIn((await place.ask(definitions({ page: 3, limit: 2 }))).body, "segments")).toEqual([]);
      await place.control("PUT", "/audience-service", { firstPage: 1 });
      const { body: first } = await place.ask(definitions({ page: 1, limit: 2 }));
      expect(namesIn(first, "segments")).toEqual(["five", "four"]);
    },
    decides: "definition-list-page",
  }),
  ...[
    { of: "definitions > list > sort", path: definitionsPath, list: "segments" as const },
    { of: "audiences > list > sort", path: audiencesPath, list: "children" as const },
  ].map(({ of, path, list }) =>
    statement({
      of,
      says: "attributeName:desc or :asc",
      given: five,
      ask: { path, query: { sort: "name:asc", limit: 2 } },
      answer: async ({ body }, { place }) => {
        expect(namesIn(body, list)).toEqual(["five", "four"]);
        const oldest = await place.ask({ path, query: { sort: "updateTime:asc", limit: 2 } });
        expect(namesIn(oldest.body, list)).toEqual(["one", "two"]);
        expect((await place.ask({ path, query: { sort: "name:up" } })).status).toBe(400);
      },
    }),
  ),
  statement({
    of: "definitions > list > evaluationInfo.continuous.enabled",
    says: "the streaming ones",
    given: async (place) => {
      await newAudience(place, { name: "Streaming", evaluationInfo: evaluation("continuous") });
      await newAudience(place, { name: "Batch" });
    },
    ask: definitions({ "evaluationInfo.continuous.enabled": "true" }),
    answer: ({ body }) => expect(namesIn(body, "segments")).toEqual(["Streaming"]),
  }),
  statement({
    of: ["audiences > list > answer", "audiences > list > next"],
    says: "the sample's shape: children, _page with next as text, _links",
    given: async (place) => {
      await place.control("POST", "/audiences", { name: "Older" });
      await place.control("POST", "/audiences", { name: "Uploaded", originName: "CUSTOM_UPLOAD", labels: ["core/C1"] });
      await place.ask(write(audiencesPath, recorded("audience-create.request")));
    },
    ask: audiences({ limit: 2 }),
    answer: async ({ status, body }, { place }) => {
      expect(status).toBe(200);
      const missing = ["- children[].datasetId", "- children[].linkedAudienceRef", "+ children[]._etag"];
      expect(sameShape(recorded("audiences-list.answer"), body ?? null)).toEqual(missing);
      expect(at(body, "_page")).toEqual({ totalCount: 3, pageSize: 2, next: "1" });
      expect(at(body, "_links.next.href")).toBe("@/audiences?start=1&limit=2&totalCount=3");
      const last = (await place.ask(audiences({ limit: 2, start: "1" }))).body;
      expect([namesIn(last, "children"), at(last, "_page")]).toEqual([["Older"], { totalCount: 3, pageSize: 1 }]);
      expect(at(last, "_links")).toEqual({});
    },
    decides: "external-audiences-members",
  }),
  statement({
    of: "audiences > list > start",
    says: "the starting offset",
    given: five,
    ask: audiences({ start: 1, limit: 2 }),
    answer: ({ body }) => expect(namesIn(body, "children")).toEqual(["four", "three"]),
    differs: {
      ledger: "audience-list-start",
      here: ({ body }) => expect(namesIn(body, "children")).toEqual(["three", "two"]),
    },
  }),
  statement({
    of: "audiences > list > limit",
    says: "the most audiences on a page; with no parameters all are retrieved",
    given: async (place) => {
      const many = Array.from({ length: 70 }, (_, index) => ({ name: `Audience ${index}` }));
      await place.control("POST", "/audiences", many);
    },
    ask: audiences(),
    answer: async ({ body }, { place }) => {
      expect(namesIn(body, "children")).toHaveLength(70);
      expect(namesIn((await place.ask(audiences({ limit: 60 }))).body, "children")).toHaveLength(60);
      for (const limit of [0, 61]) expect((await place.ask(audiences({ limit }))).status).toBe(400);
    },
    decides: "audience-list-bounds",
  }),
  statement({
    of: "audiences > list > property",
    says: "audiences that exactly match an attribute's value",
    given: five,
    ask: audiences({ property: "name==four" }),
    answer: async ({ body }, { place }) => {
      expect([namesIn(body, "children"), at(body, "_page.totalCount")]).toEqual([["four"], 1]);
      const part = await place.ask(audiences({ property: "name==fou" }));
      expect(namesIn(part.body, "children")).toEqual([]);
      expect((await place.ask(audiences({ property: "name=four" }))).status).toBe(400);
    },
  }),
  ...["name", "description"].map((field) =>
    statement({
      of: `audiences > list > ${field}`,
      says: "contains the value; case does not matter",
      given: async (place) => {
        await newAudience(place, { [field]: "Test Sample one" });
        await newAudience(place, { [field]: "another" });
      },
      ask: audiences({ [field]: "sample" }),
      answer: ({ body }) => expect(pluck(at(body, "children"), field)).toEqual(["Test Sample one"]),
    }),
  ),
  statement({
    of: "audiences > list > entityType",
    says: "audiences of one XDM class; without it, of all of them",
    given: async (place) => {
      await newAudience(place, { name: "People" });
      await newAudience(place, { name: "Accounts", schema: { name: "_xdm.context.account" } });
    },
    ask: audiences({ entityType: "_xdm.context.account" }),
    answer: async ({ body }, { place }) => {
      expect(namesIn(body, "children")).toEqual(["Accounts"]);
      const people = await place.ask(audiences({ entityType: "_xdm.context.profile" }));
      expect(namesIn(people.body, "children")).toEqual(["People"]);
      expect(namesIn((await place.ask(audiences())).body, "children")).toEqual(["Accounts", "People"]);
    },
    decides: "entity-type",
  }),
  statement({
    of: "audiences > list > inactive",
    says: "left out, unless property=audienceId is used",
    given: (place) => newAudience(place, { lifecycleState: "inactive" }),
    ask: audiences(),
    answer: async ({ body }, { place, given }) => {
      expect([namesIn(body, "children"), at(body, "_page.totalCount")]).toEqual([[], 0]);
      const byId = await place.ask(audiences({ property: `audienceId==${given}` }));
      expect(namesIn(byId.body, "children")).toEqual(["Buyers"]);
      expect(namesIn((await place.ask(definitions())).body, "segments")).toEqual(["Buyers"]);
    },
    decides: "inactive-definitions",
  }),
  ...[audiencesPath, definitionsPath].map((path) =>
    statement({
      of: path === audiencesPath ? "audiences > list > answer" : "definitions > list > answer",
      says: `a list of ${path} has what its sandbox has, and nothing of others`,
      given: async (place) => {
        await newAudience(place, { name: "In prod", expression: pql("a = 1") });
        await newAudience(place, { name: "In dev" }, "dev");
      },
      ask: { path, headers: inSandbox("dev") },
      answer: async ({ body }, { place }) => {
        const list = path === audiencesPath ? "children" : "segments";
        expect(namesIn(body, list)).toEqual(["In dev"]);
        const nameless = await place.ask({ path, headers: { "x-sandbox-name": undefined } });
        expect(nameless.status).toBe(400);
        const posted = await place.ask({ ...write(path, content()), headers: { "x-sandbox-name": undefined } });
        expect(posted.status).toBe(400);
      },
    }),
  ),
];
