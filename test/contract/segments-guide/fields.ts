import { at, textAt, typeOf, type Json } from "../json";
import type { Ask, Place } from "../place";
import { editInUi, mobileHits, orderVisits, ownSegment } from "../segments";
import { statement, type Statement } from "../statement";

/** The four endpoints that answer a segment, each asked for one whose every field has something in it. */
interface Endpoint {
  readonly name: string;
  readonly ask: (id: string, query: Record<string, string>) => Ask;
  /** Where the segment stands in the answer. */
  readonly segment: string;
  /** Expansions that the endpoint's own sample shows the fields of without being asked to. */
  readonly unasked: readonly string[];
}

const endpoints: readonly Endpoint[] = [
  {
    name: "GET /segments",
    ask: (_id, query) => ({ path: "/segments", query }),
    segment: "0",
    unasked: ["modified"],
  },
  {
    name: "GET /segments/{ID}",
    ask: (id, query) => ({ path: `/segments/${id}`, query }),
    segment: "",
    unasked: ["modified", "reportSuiteName"],
  },
  {
    name: "POST /segments",
    ask: (_id, query) => ({
      method: "POST",
      path: "/segments",
      query,
      body: { name: "New", description: "new", rsid: "example_dataview_id", definition: orderVisits },
    }),
    segment: "",
    unasked: ["modified", "reportSuiteName", "definition", "compatibility"],
  },
  {
    name: "PUT /segments/{ID}",
    ask: (id, query) => ({ method: "PUT", path: `/segments/${id}`, query, body: { name: "Renamed" } }),
    segment: "",
    unasked: ["modified", "reportSuiteName", "definition"],
  },
];

const expansions: Readonly<Record<string, string>> = {
  reportSuiteName: "string",
  ownerFullName: "string",
  modified: "ISO 8601",
  tags: "array",
  compatibility: "object",
  definition: "object",
  publishingStatus: "string",
  definitionLastModified: "ISO 8601",
  categories: "array",
};

const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The type of a value in the words of the guide's tables; a text is a date when it is written like one. */
function typeInGuide(value: Json | undefined): string {
  if (value === undefined) return "absent";
  return typeof value === "string" && isoDate.test(value) ? "ISO 8601" : typeOf(value);
}

function field(body: Json | undefined, endpoint: Endpoint, name: string): Json | undefined {
  return at(body, endpoint.segment === "" ? name : `${endpoint.segment}.${name}`);
}

async function fullSegment(place: Place): Promise<string> {
  const id = await ownSegment(place, { name: "Full", description: "has everything", definition: mobileHits });
  await editInUi(place, id, { tags: ["seven"] });
  return id;
}

function expansionStatement(endpoint: Endpoint, expansion: string, type: string): Statement {
  const unasked = endpoint.unasked.includes(expansion);
  const writes = ["definition", "compatibility"].includes(expansion);
  return statement({
    of: `${endpoint.name} > request > expansion=${expansion}`,
    says: unasked
      ? `${expansion} (the sample shows it unasked as well)`
      : `additional segment metadata fields to include on response: ${expansion}`,
    given: fullSegment,
    ask: (id) => endpoint.ask(id, { expansion }),
    answer: async ({ status, body }, { place, given }) => {
      expect(status).toBe(200);
      expect(typeInGuide(field(body, endpoint, expansion))).toBe(type);
      const plain = await place.ask(endpoint.ask(given, {}));
      expect(typeInGuide(field(plain.body, endpoint, expansion))).toBe(unasked ? type : "absent");
    },
    decides: unasked ? [writes ? "guide-write-answers" : "guide-default-fields"] : [],
  });
}

function severalExpansions(endpoint: Endpoint): Statement {
  const extra =
    endpoint.name === "GET /segments" ? [`${endpoint.name} > prose > additional segment metadata fields`] : [];
  return statement({
    of: [`${endpoint.name} > request > expansion`, ...extra],
    says: "a comma-delimited list of additional segment metadata fields",
    given: fullSegment,
    ask: (id) => endpoint.ask(id, { expansion: "tags,ownerFullName" }),
    answer: ({ body }) => {
      expect(typeInGuide(field(body, endpoint, "tags"))).toBe("array");
      expect(typeInGuide(field(body, endpoint, "ownerFullName"))).toBe("string");
      expect(typeInGuide(field(body, endpoint, "categories"))).toBe("absent");
    },
  });
}

/** The table "Response parameters" of the list, to which the other endpoints refer. */
const responseRows: readonly (readonly [name: string, documented: string, type: string])[] = [
  ["id", "String", "string"],
  ["name", "String", "string"],
  ["description", "String", "string"],
  ["rsid", "String", "string"],
  ["reportSuiteName", "String", "string"],
  ["owner", "Object", "object"],
  ["definition", "Object", "object"],
  ["compatibility", "Object", "object"],
  ["tags", "Array", "array"],
  ["modified", "String", "ISO 8601"],
  ["created", "String", "ISO 8601"],
];

function responseRow(name: string, documented: string, type: string): Statement {
  return statement({
    of: `GET /segments > response > ${name}: ${documented}`,
    says: "the type of the field, at every endpoint that answers a segment",
    given: fullSegment,
    ask: { path: "/segments", query: { expansion: "definition,compatibility,tags" } },
    answer: async ({ body }, { place, given }) => {
      expect(typeInGuide(at(body, `0.${name}`))).toBe(type);
      for (const endpoint of endpoints) {
        const answer = await place.ask(endpoint.ask(given, { expansion: "definition,compatibility,tags" }));
        expect([endpoint.name, typeInGuide(field(answer.body, endpoint, name))]).toEqual([endpoint.name, type]);
      }
    },
  });
}

/** What is never anything but empty here. */
const categories: Statement = statement({
  of: "GET /segments > request > expansion=categories",
  says: "what the emulator answers for what it does not emulate",
  given: fullSegment,
  ask: { path: "/segments", query: { expansion: "categories" } },
  answer: ({ body }) => expect(at(body, "0.categories")).toEqual([]),
  decides: "guide-constants",
});

const definitionLastModified: Statement = statement({
  of: "GET /segments/{ID} > request > expansion=definitionLastModified",
  says: "a new definition moves it, a new name does not",
  given: async (place) => {
    const id = await ownSegment(place, { definition: mobileHits });
    await place.advance(60_000);
    await place.ask({ method: "PUT", path: `/segments/${id}`, body: { definition: orderVisits } });
    await place.advance(60_000);
    await place.ask({ method: "PUT", path: `/segments/${id}`, body: { name: "Renamed" } });
    return id;
  },
  ask: (id) => ({ path: `/segments/${id}`, query: { expansion: "definitionLastModified" } }),
  answer: ({ body }) => {
    const minutes = (name: string) => (Date.parse(textAt(body, name)) - Date.parse(textAt(body, "created"))) / 60_000;
    expect([minutes("definitionLastModified"), minutes("modified")]).toEqual([1, 2]);
  },
});

export const fieldStatements: readonly Statement[] = [
  ...endpoints.flatMap((endpoint) => [
    ...Object.entries(expansions)
      // The list's table does not have reportSuiteName: there the field always comes.
      .filter(([expansion]) => endpoint.name !== "GET /segments" || expansion !== "reportSuiteName")
      .map(([expansion, type]) => expansionStatement(endpoint, expansion, type)),
    severalExpansions(endpoint),
  ]),
  categories,
  definitionLastModified,
  ...responseRows.map(([name, documented, type]) => responseRow(name, documented, type)),
];
