import {
  audiencesPath,
  bulkGetOf,
  content,
  definitionsPath,
  evaluation,
  newAudience,
  patch,
  pql,
  read,
  remove,
  unknownId,
  write,
} from "../audiences";
import { at, textAt } from "../json";
import { jobFor } from "../jobs";
import { recorded } from "../recorded";
import { rekey, sameShape } from "../same-shape";
import { idOf } from "../segments";
import { statement, type Statement } from "../statement";

const conversion = "/data/core/ups/segment/conversion";
const lambda = '{"nodeType":"lambda","varName":"C0","body":{"nodeType":"literal","value":true}}';

/** The older form, by the samples of its page. */
export const definitionStatements: readonly Statement[] = [
  ...[
    { of: "definitions > create", request: "definition-create.request" },
    { of: "definitions > create pql/json", request: "definition-create-json.request" },
  ].map(({ of, request }) =>
    statement({
      of,
      says: "the sample request has the sample's answer, 200",
      ask: write(definitionsPath, recorded(request)),
      answer: ({ status, body }) => {
        expect(status).toBe(200);
        expect(sameShape(recorded("definition.answer"), body ?? null)).toEqual(["+ mergePolicyId"]);
        expect(at(body, "expression")).toEqual(at(recorded(request), "expression"));
        expect(body).toMatchObject({ name: "People who ordered in the last 30 days", description: "Last 30 days" });
      },
      decides: "definition-merge-policy",
    }),
  ),
  statement({
    of: "definitions > get",
    says: "200 with the definition, 404 without",
    given: async (place) => idOf((await place.ask(write(definitionsPath, recorded("definition-create.request")))).body),
    ask: (id) => read(definitionsPath, id),
    answer: async ({ status, body }, { place, given }) => {
      expect([status, at(body, "id")]).toEqual([200, given]);
      expect(sameShape(recorded("definition.answer"), body ?? null)).toEqual(["+ mergePolicyId"]);
      expect((await place.ask(read(definitionsPath, unknownId))).status).toBe(404);
    },
  }),
  statement({
    of: "definitions > update",
    says: "PATCH takes the whole object and overwrites: what it omits is as in a new one, a streaming one becomes batch",
    given: async (place) => {
      const fields = { description: "Before", ttlInDays: 30, evaluationInfo: evaluation("continuous") };
      return idOf((await place.ask(write(definitionsPath, content(fields)))).body);
    },
    ask: (id) => patch(definitionsPath, id, recorded("definition-patch.request")),
    answer: async ({ status, body }, { place, given }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("definition-patch.answer"), body ?? null)).toEqual(["+ mergePolicyId"]);
      expect(body).toMatchObject({ id: given, name: "Updated people who ordered in the last 30 days" });
      expect(at(body, "evaluationInfo")).toEqual(evaluation("batch"));
      const silent = await place.ask(patch(definitionsPath, given, content()));
      expect(silent.body).toMatchObject({ name: "Buyers", description: "" });
      expect((await place.ask(patch(definitionsPath, given, { name: "Alone" }))).status).toBe(400);
      expect((await place.ask(patch(definitionsPath, unknownId, content()))).status).toBe(404);
    },
    decides: "definition-patch-omits",
  }),
  statement({
    of: "definitions > delete",
    says: "200 with no message",
    given: (place) => newAudience(place),
    ask: (id) => remove(definitionsPath, id),
    answer: ({ text }) => expect(text).toBe(""),
    differs: {
      ledger: "definition-delete-body",
      here: async ({ status, body }, { place, given }) => {
        expect([status, at(body, "status")]).toEqual([200, true]);
        expect((await place.ask(read(audiencesPath, given))).status).toBe(404);
        expect((await place.ask(remove(definitionsPath, given))).status).toBe(404);
      },
    },
  }),
  statement({
    of: "definitions > bulk-get",
    says: "207 with the requested definitions",
    given: async (place) => [await newAudience(place), await newAudience(place, { name: "Readers" })],
    ask: (ids) => bulkGetOf(definitionsPath, ids),
    answer: ({ status, body }, { given }) => {
      expect(status).toBe(207);
      const results = rekey(at(recorded("definitions-bulk-get.answer"), "results"), given);
      const more = given.map((id) => `+ ${id}.mergePolicyId`);
      expect(sameShape(results, at(body, "results") ?? null)).toEqual(more);
    },
  }),
  statement({
    of: "definitions > convert",
    says: "the sample request has the sample's answer, with nothing but the expression in the other format",
    ask: write(conversion, recorded("definition-convert.request")),
    answer: async ({ status, body }, { place }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("definition-convert.answer"), body ?? null)).toEqual([]);
      expect(at(body, "expression")).toEqual(at(recorded("definition-convert.answer"), "expression"));
      const back = content({ expression: at(body, "expression") ?? null });
      expect(at((await place.ask(write(conversion, back))).body, "expression")).toEqual(
        at(recorded("definition-convert.request"), "expression"),
      );
      expect((await place.ask(write(conversion, content({ expression: pql("a = (") })))).status).toBe(400);
      expect(at((await place.ask({ path: audiencesPath })).body, "children")).toEqual([]);
    },
  }),
  ...[
    'inSegment("7863c010") and not (a.b >= 1.5 or c = true)',
    'a = 1 and (b = "x" or c = 3)',
    "CHAIN(xEvent, timestamp, [C0: WHAT(a.equals('b', false)) WHEN(<= 24 hours before now)])",
  ].map((text) =>
    statement({
      of: "definitions > convert",
      says: `there and back again: ${text}`,
      given: (place) => place.control("POST", "/audiences", { id: "7863c010", name: "Asked for" }),
      ask: write(conversion, content({ expression: pql(text) })),
      answer: async ({ body }, { place }) => {
        expect(at(body, "expression.format")).toBe("pql/json");
        const back = content({ expression: at(body, "expression") ?? null });
        expect(textAt((await place.ask(write(conversion, back))).body, "expression.value")).toBe(text);
      },
      decides: "conversion-subset",
    }),
  ),
  statement({
    of: "definitions > convert",
    says: "there and back again: JSON that has no text",
    ask: write(conversion, content({ expression: pql(lambda, "pql/json") })),
    answer: async ({ body }, { place }) => {
      expect(at(body, "expression.format")).toBe("pql/text");
      const back = content({ expression: at(body, "expression") ?? null });
      expect(at((await place.ask(write(conversion, back))).body, "expression")).toEqual(pql(lambda, "pql/json"));
    },
    decides: "conversion-subset",
  }),
  statement({
    of: "both > a definition's id runs in a job",
    says: "segmentId of a job is the ID of a definition",
    given: (place) => newAudience(place),
    ask: (id) => jobFor(id),
    answer: ({ status, body }, { given }) => {
      expect([status, at(body, "segments.0.segmentId")]).toEqual([200, given]);
    },
  }),
];
