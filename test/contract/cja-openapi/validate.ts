import { at } from "../json";
import { dataViews } from "../place";
import { mobileHits, orderVisits } from "../segments";
import { statement, type Statement } from "../statement";
import { misfit } from "./schema";

const validate = "POST /segments/validate";
const place = { dialect: "reference" } as const;
const nonsense = { func: "segment", version: [1, 0, 0], container: { func: "nonsense" } };

export const validateStatements: readonly Statement[] = [
  ...[
    { says: "a sound one", definition: orderVisits, valid: true },
    { says: "an unsound one", definition: nonsense, valid: false },
  ].map(({ says, definition, valid }) =>
    statement({
      of: [`${validate} > 200`, "validate request"],
      says: `the body is the whole segment: ${says}`,
      place,
      ask: {
        method: "POST",
        path: "/segments/validate",
        body: { dataId: dataViews.guide, compatibility: null, definition, name: "Mobile", description: "" },
      },
      answer: ({ status, body }) => {
        expect(misfit("post", "/segments/validate", { status, body })).toEqual([]);
        expect(at(body, "valid")).toBe(valid);
        const wanted = ["valid", "message", "validator_version", "supported_products"];
        const more = valid ? ["supported_schema", "supported_features"] : ["errors"];
        expect(Object.keys(body ?? {})).toEqual(expect.arrayContaining([...wanted, ...more]));
      },
    }),
  ),
  statement({
    of: "validate request",
    says: "the schema of the body is a string: the definition as text",
    place,
    ask: { method: "POST", path: "/segments/validate", body: JSON.stringify(mobileHits) },
    answer: ({ status }) => expect(status).toBe(200),
    differs: { ledger: "validate-body", here: ({ status }) => expect(status).toBe(400) },
  }),
  statement({
    of: `${validate} > 400`,
    says: "bad JSON input; request not formatted correctly",
    place,
    ask: { method: "POST", path: "/segments/validate", text: '{"definition": ' },
    answer: ({ status }) => expect(status).toBe(400),
  }),
];
