import { at, textAt, type Json } from "../json";
import { dataViews, type Ask, type Place, type PlaceOptions } from "../place";
import { guideBody, mobileHits, orderVisits, ownSegment, referenceBody } from "../segments";
import { statement, type Statement } from "../statement";

const path = "/segments";
const reference: PlaceOptions = { dialect: "reference" };
const modifiedOf = async (place: Place, id: string): Promise<number> => {
  const { body } = await place.ask({ path: `${path}/${id}`, query: { expansion: "modified" } });
  return Date.parse(textAt(body, "modified"));
};
const put = (id: string, body: Json): Ask => ({ method: "PUT", path: `${path}/${id}`, body });
/** The error body that the OpenAPI document declares for data views. */
const serviceError = {
  errorCode: expect.any(String) as string,
  errorDescription: expect.any(String) as string,
  errorId: expect.any(String) as string,
  errorDetails: expect.any(Object) as object,
  rootCauseService: expect.any(String) as string,
};

/** A segment, a minute old. */
async function minuteOld(place: Place): Promise<{ id: string; modified: number }> {
  const id = await ownSegment(place, { name: "Same" });
  const modified = await modifiedOf(place, id);
  await place.advance(60_000);
  return { id, modified };
}

/** What writing segments does where no document says it; each named by the ledger's entry. */
export const writingSilences: readonly Statement[] = [
  statement({
    of: "guide-put-moves-nothing",
    says: "PUT's table has no rsid: the segment stays in its data view",
    given: (place) => ownSegment(place),
    ask: (id) => put(id, { rsid: dataViews.other, dataId: dataViews.other }),
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(at(body, "rsid")).toBe(dataViews.guide);
    },
    decides: "guide-put-moves-nothing",
  }),
  ...["GET", "PUT", "DELETE"].map((method) =>
    statement({
      of: ["unknown-segment", "segment-errors"],
      says: `${method} of an unknown segment is 404 in the reference dialect, too, with the service's error body`,
      place: reference,
      ask: { method, path: `${path}/unknown`, ...(method === "PUT" ? { body: { name: "x" } } : {}) },
      answer: ({ status, body }) => {
        expect(status).toBe(404);
        expect(body).toEqual(serviceError);
        expect(at(body, "errorCode")).toBe("resource_not_found");
      },
      decides: ["unknown-segment", "segment-errors"],
    }),
  ),
  statement({
    of: "segment-errors",
    says: "a 400 has the service's error body",
    ask: { method: "POST", path, body: {} },
    answer: ({ body }) => expect(body).toEqual(serviceError),
    decides: "segment-errors",
  }),
  ...[
    { of: "put-deleted", ask: (id: string) => put(id, { name: "x" }) },
    { of: "delete-twice", ask: (id: string): Ask => ({ method: "DELETE", path: `${path}/${id}` }) },
  ].map(({ of, ask }) =>
    statement({
      of,
      says: "a deleted segment can be read and no more: 404",
      given: async (place) => {
        const id = await ownSegment(place, { name: "Gone" });
        await place.ask({ method: "DELETE", path: `${path}/${id}` });
        return id;
      },
      ask,
      answer: async ({ status }, { place, given }) => {
        expect(status).toBe(404);
        expect(at((await place.ask({ path: `${path}/${given}` })).body, "name")).toBe("Gone");
      },
      decides: of,
    }),
  ),
  ...[
    { of: "delete-modifies", ask: (id: string): Ask => ({ method: "DELETE", path: `${path}/${id}` }) },
    { of: "put-always-modifies", ask: (id: string) => put(id, { name: "Same" }) },
  ].map(({ of, ask }) =>
    statement({
      of,
      says: "modified becomes the time of the request",
      given: minuteOld,
      ask: ({ id }) => ask(id),
      answer: async (_answer, { place, given }) =>
        expect((await modifiedOf(place, given.id)) - given.modified).toBe(60_000),
      decides: of,
    }),
  ),
  ...["", null].map((description) =>
    statement({
      of: "clearing-description",
      says: `${JSON.stringify(description)} clears the description`,
      given: (place) => ownSegment(place, { description: "told" }),
      ask: (id) => put(id, { description }),
      answer: ({ body }) => expect(at(body, "description")).toBe(""),
      decides: "clearing-description",
    }),
  ),
  statement({
    of: "unknown-data-view",
    says: "POST to a data view that does not exist is 400; a list filtered by it is empty",
    given: (place) => ownSegment(place),
    ask: { method: "POST", path, body: { ...guideBody, rsid: "dv_unknown" } },
    answer: async ({ status }, { place }) => {
      expect(status).toBe(400);
      expect((await place.ask({ path, query: { rsids: "dv_unknown" } })).body).toEqual([]);
    },
    decides: "unknown-data-view",
  }),
  ...[
    { dialect: "guide" as const, query: { rsid: dataViews.guide }, body: referenceBody },
    { dialect: "reference" as const, query: { rsid: dataViews.guide }, body: mobileHits },
  ].map(({ dialect, query, body }) =>
    statement({
      of: "validate-of-the-other-dialect",
      says: `the other dialect's validate request is refused (${dialect})`,
      place: { dialect },
      ask: { method: "POST", path: `${path}/validate`, query, body },
      answer: ({ status }) => expect(status).toBe(400),
      decides: "validate-of-the-other-dialect",
    }),
  ),
  statement({
    of: "validate-errors-text",
    says: "errors of validate are plain text",
    place: reference,
    ask: {
      method: "POST",
      path: `${path}/validate`,
      body: { ...referenceBody, definition: { ...orderVisits, func: "nonsense" } },
    },
    answer: ({ body }) => {
      const [error] = at(body, "errors") as readonly string[];
      expect(error).toContain("func");
      expect(() => JSON.parse(error ?? "") as Json).toThrow(SyntaxError);
    },
    decides: "validate-errors-text",
  }),
  ...[
    { dialect: "guide" as const, form: /^s300000022_[0-9a-f]{24}$/ },
    { dialect: "reference" as const, form: /^sEMULATOR@AdobeOrg_[0-9a-f]{24}$/ },
  ].map(({ dialect, form }) =>
    statement({
      of: "segment-ids",
      says: `the form of IDs (${dialect})`,
      place: { dialect },
      ask: { method: "POST", path, body: dialect === "guide" ? guideBody : referenceBody },
      answer: ({ body }) => expect(at(body, "id")).toMatch(form),
      decides: "segment-ids",
    }),
  ),
];
