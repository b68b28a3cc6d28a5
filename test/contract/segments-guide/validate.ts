import { at, type Json } from "../json";
import { dataViews } from "../place";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { mobileHits } from "../segments";
import { statement, type Statement } from "../statement";

const validate = "POST /segments/validate";
const post = { method: "POST", path: "/segments/validate" } as const;
const query = { rsid: dataViews.guide };
const nonsense = {
  func: "segment",
  version: [1, 0, 0],
  container: { func: "container", context: "hits", pred: { func: "nonsense" } },
};

/** The table "Response parameters", and what each field must be for a valid definition and for another. */
const responseRows: readonly {
  readonly name: string;
  readonly documented: string;
  readonly isRight: (value: Json | undefined, valid: boolean) => void;
}[] = [
  { name: "valid", documented: "Boolean", isRight: (value, valid) => expect(value).toBe(valid) },
  {
    name: "message",
    documented: "String",
    isRight: (value, valid) => expect(value).toMatch(valid ? /is valid/ : /nonsense/),
  },
  {
    name: "supported_products",
    documented: "Array",
    isRight: (value, valid) => expect(value).toEqual(valid ? ["oberon", "frag"] : []),
  },
  { name: "validator_version", documented: "String", isRight: (value) => expect(value).toMatch(/^\d+\.\d+\.\d+$/) },
];

export const validateStatements: readonly Statement[] = [
  statement({
    of: [`${validate} > example`, `${validate} > request > rsid`, `${validate} > request > body`],
    says: "the sample request has the sample's answer",
    ask: { ...post, query, body: recorded("segment-validate.request") },
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("segment-validate.answer"), body ?? null)).toEqual([]);
      expect(at(body, "valid")).toBe(true);
    },
  }),
  statement({
    of: [`${validate} > request > rsid required`, "errors > 400 Bad Request"],
    says: "rsid is required",
    ask: { ...post, body: mobileHits },
    answer: ({ status, text }) => {
      expect(status).toBe(400);
      expect(text).toContain("rsid");
    },
  }),
  statement({
    of: [`${validate} > request > body required`, "errors > 400 Bad Request"],
    says: "the definition is required",
    ask: { ...post, query, text: "" },
    answer: ({ status }) => expect(status).toBe(400),
  }),
  statement({
    of: "errors > 400 Bad Request",
    says: "a body that is no JSON",
    ask: { ...post, query, text: '{"func": ' },
    answer: ({ status }) => expect(status).toBe(400),
  }),
  statement({
    of: `${validate} > prose > ensures the definition is syntactically correct`,
    says: "helps ensure the segment definition is syntactically correct",
    ask: { ...post, query, body: nonsense },
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(at(body, "valid")).toBe(false);
      expect(at(body, "message")).toContain("nonsense");
    },
  }),
  statement({
    of: `${validate} > prose > ensures the definition is compatible with the specified data view`,
    says: "and compatible with the specified data view: an unknown one has no valid definition",
    ask: { ...post, query: { rsid: "dv_unknown" }, body: mobileHits },
    answer: ({ status, body }) => {
      expect(at(body, "valid")).not.toBe(true);
      expect(status).toBe(400);
    },
    decides: "unknown-data-view",
  }),
  statement({
    of: `${validate} > prose > ensures the definition is compatible with the specified data view`,
    says: "a dimension that the data view does not have",
    ask: {
      ...post,
      query,
      body: {
        ...mobileHits,
        container: {
          func: "container",
          context: "hits",
          pred: { func: "exists", val: { func: "attr", name: "variables/of_another_data_view" } },
        },
      },
    },
    answer: ({ body }) => expect(at(body, "valid")).toBe(false),
    differs: { ledger: "lenient-definitions", here: ({ body }) => expect(at(body, "valid")).toBe(true) },
  }),
  ...responseRows.map(({ name, documented, isRight }) =>
    statement({
      of: `${validate} > response > ${name}: ${documented}`,
      says: `${name} is in both answers, valid and not`,
      ask: { ...post, query, body: mobileHits },
      answer: async ({ body }, { place }) => {
        isRight(at(body, name), true);
        isRight(at((await place.ask({ ...post, query, body: nonsense })).body, name), false);
      },
    }),
  ),
];
