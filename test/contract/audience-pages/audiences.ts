import {
  add,
  audiencesPath,
  bulkGetOf,
  content,
  definitionsPath,
  evaluation,
  inSandbox,
  newAudience,
  patch,
  pql,
  put,
  read,
  remove,
  unknownId,
  write,
} from "../audiences";
import { at, textAt, type Json } from "../json";
import type { Place } from "../place";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { statement, type Statement } from "../statement";
import { idOf } from "../segments";

const sampled = async (place: Place): Promise<string> =>
  idOf((await place.ask(write(audiencesPath, recorded("audience-create.request")))).body);
const external = async (place: Place, fields: object = {}): Promise<string> =>
  idOf(await place.control("POST", "/audiences", { name: "Uploaded", originName: "CUSTOM_UPLOAD", ...fields }));

/** The newer form, by the samples of its page. */
export const audienceStatements: readonly Statement[] = [
  statement({
    of: "audiences > create",
    says: "the sample request has the sample's answer, 200",
    ask: write(audiencesPath, recorded("audience-create.request")),
    answer: ({ status }) => expect(status).toBe(200),
    differs: {
      ledger: "audience-create-201",
      here: ({ status, body }) => {
        expect(status).toBe(201);
        expect(sameShape(recorded("audience-create.answer"), body ?? null)).toEqual([]);
        expect(body).toMatchObject({ name: "People who ordered in the last 30 days", labels: ["core/C1"] });
        expect(body).toMatchObject({ ttlInDays: 60, dependents: [], dependencies: [] });
      },
    },
  }),
  statement({
    of: "audiences > create",
    says: "an externally generated audience is made, too",
    ask: write(audiencesPath, content({ type: "ExternalSegment", audienceId: "test-external-audience-id" })),
    answer: ({ status }) => expect([200, 201]).toContain(status),
    differs: { ledger: "external-audiences", here: ({ status }) => expect(status).toBe(400) },
  }),
  statement({
    of: "audiences > get",
    says: "200 with the audience, 404 without",
    given: sampled,
    ask: (id) => read(audiencesPath, id),
    answer: async ({ status, body }, { place, given }) => {
      expect([status, at(body, "id")]).toEqual([200, given]);
      expect(sameShape(recorded("audience-get.answer"), body ?? null)).toEqual(["+ originName"]);
      const none = await place.ask(read(audiencesPath, unknownId));
      expect(none.status).toBe(404);
      expect(none.body).toMatchObject({
        title: `The audience entity ${unknownId} is not found. Use a valid entity and try again.`,
        type: "https://ns.adobe.com/aep/errors/UPAPI-113430-404",
      });
    },
    decides: "audience-members",
  }),
  statement({
    of: "audiences > get > id, not audienceId",
    says: "the id field, and not the audienceId field",
    given: (place) => external(place),
    ask: (id) => read(audiencesPath, id),
    answer: async ({ status, body }, { place, given }) => {
      const audienceId = textAt(body, "audienceId");
      expect(status).toBe(200);
      expect(audienceId).not.toBe(given);
      expect((await place.ask(read(audiencesPath, audienceId))).status).toBe(404);
    },
  }),
  statement({
    of: "audiences > patch",
    says: "the sample request changes one field, and has the sample's answer",
    given: sampled,
    ask: (id) => patch(audiencesPath, id, recorded("audience-patch.request")),
    answer: async ({ status, body }, { place, given }) => {
      expect(status).toBe(200);
      const more = ["+ isSystem", "+ originName"];
      expect(sameShape(recorded("audience-patch.answer"), body ?? null).sort()).toEqual(more);
      expect(at(body, "expression")).toEqual(at(recorded("audience-patch.request"), "0.value"));
      expect(body).toMatchObject({ description: "Last 30 days", ttlInDays: 60, labels: ["core/C1"] });
      expect((await place.ask(patch(audiencesPath, unknownId, [add("name", "x")]))).status).toBe(404);
      expect(at((await place.ask(read(definitionsPath, given))).body, "expression")).toEqual(at(body, "expression"));
    },
  }),
  statement({
    of: "audiences > patch",
    says: "op is always add, and each path is a field whose whole value is given",
    given: (place) => newAudience(place),
    ask: (id) => patch(audiencesPath, id, [add("name", "One"), add("description", "Two"), add("ttlInDays", 7)]),
    answer: async ({ status, body }, { place, given }) => {
      expect(status).toBe(200);
      expect(body).toMatchObject({ name: "One", description: "Two", ttlInDays: 7 });
      const wrong: readonly Json[] = [
        [{ op: "replace", path: "/name", value: "x" }],
        [{ op: "remove", path: "/description" }],
        [add("evaluationInfo/batch/enabled", true)],
        [add("labels/-", "core/C1")],
        [add("description/0", "x")],
        [add("descriptions", "x")],
        [add("id", unknownId)],
        [{ op: "add", path: "/name" }],
        content(),
      ];
      for (const operations of wrong) {
        expect([operations, (await place.ask(patch(audiencesPath, given, operations))).status]).toEqual([
          operations,
          400,
        ]);
      }
      expect(at((await place.ask(read(audiencesPath, given))).body, "name")).toBe("One");
    },
    decides: "audience-patch-paths",
  }),
  statement({
    of: "audiences > put",
    says: "PUT overwrites the audience, 200",
    given: (place) =>
      newAudience(place, { description: "Before", labels: ["core/C1"], evaluationInfo: evaluation("continuous") }),
    ask: (id) => put(id, content({ name: "After", expression: pql("a = 1") })),
    answer: async ({ status, body }, { place, given }) => {
      expect(status).toBe(200);
      expect(body).toMatchObject({ id: given, name: "After", description: "", labels: [], expression: pql("a = 1") });
      expect(at(body, "evaluationInfo")).toEqual(evaluation("batch"));
      expect((await place.ask(put(given, { name: "Alone" }))).status).toBe(400);
      expect((await place.ask(put(unknownId, content()))).status).toBe(404);
    },
    decides: "audience-put-omits",
  }),
  statement({
    of: "audiences > delete",
    says: "204 with no message",
    given: (place) => newAudience(place),
    ask: (id) => remove(audiencesPath, id),
    answer: async ({ status, text }, { place, given }) => {
      expect([status, text]).toEqual([204, ""]);
      for (const path of [audiencesPath, definitionsPath]) {
        expect((await place.ask(read(path, given))).status).toBe(404);
      }
      expect((await place.ask(remove(audiencesPath, given))).status).toBe(404);
    },
  }),
  statement({
    of: ["audiences > get", "audiences > patch", "audiences > put", "audiences > delete"],
    says: "an audience of another sandbox is none",
    given: (place) => newAudience(place, {}, "dev"),
    ask: (id) => read(audiencesPath, id),
    answer: async ({ status }, { place, given }) => {
      const asks = [
        patch(audiencesPath, given, [add("name", "x")]),
        put(given, content()),
        remove(audiencesPath, given),
      ];
      const statuses = await Promise.all(asks.map((ask) => place.ask(ask)));
      expect([status, ...statuses.map((each) => each.status)]).toEqual([404, 404, 404, 404]);
      const there = await place.ask({ ...read(audiencesPath, given), headers: inSandbox("dev") });
      expect(at(there.body, "name")).toBe("Buyers");
    },
  }),
  statement({
    of: "audiences > bulk-get",
    says: "207 with the requested audiences, those of other services among them",
    given: async (place) => [await sampled(place), await external(place)],
    ask: (ids) => bulkGetOf(audiencesPath, [...ids, unknownId]),
    answer: ({ status, body }, { given }) => {
      expect(status).toBe(207);
      const [platform = "", other = ""] = given;
      expect(Object.keys(at(body, "results") ?? {})).toEqual([platform, other]);
      const samples = Object.values(at(recorded("audiences-bulk-get.answer"), "results") as object) as Json[];
      const differences = (sample: Json | undefined, id: string) =>
        sameShape(sample ?? null, at(body, `results.${id}`) ?? null).filter((each) => each.startsWith("!"));
      expect([...differences(samples[0], platform), ...differences(samples[1], other)]).toEqual([]);
      expect(at(body, `results.${other}`)).toMatchObject({ type: "ExternalSegment", originName: "CUSTOM_UPLOAD" });
    },
    decides: "audience-bulk-get",
  }),
  statement({
    of: "audiences > bulk-get",
    says: "404 for IDs that are not found: those of another sandbox among them",
    given: (place) => newAudience(place, {}, "dev"),
    ask: (id) => bulkGetOf(audiencesPath, [id, unknownId]),
    answer: ({ status }) => expect(status).toBe(404),
    differs: {
      ledger: "audience-bulk-get",
      here: ({ status, body }) => expect([status, body]).toEqual([207, { results: {} }]),
    },
  }),
  ...[0, 101].map((count) =>
    statement({
      of: "audiences > bulk-get > 1 to 100",
      says: `${count} IDs are refused`,
      ask: bulkGetOf(
        audiencesPath,
        Array.from({ length: count }, () => unknownId),
      ),
      answer: ({ status, body }) => {
        expect(status).toBe(400);
        const message = "The number of requested IDs is invalid. Cannot be 0 or exceed 100.";
        expect(at(body, "errors.400.0")).toEqual({ code: "UPAPI-113015-400", message });
      },
    }),
  ),
  statement({
    of: "audiences > _etag",
    says: "a mark that another content does not have; If-Match is not documented",
    given: (place) => newAudience(place),
    ask: (id) => ({ ...patch(audiencesPath, id, [add("description", "x")]), headers: { "if-match": '"another"' } }),
    answer: async ({ status, body }, { place, given }) => {
      expect([status, at(body, "_etag")]).toEqual([200, expect.stringMatching(/^"[0-9a-f-]{36}"$/)]);
      expect(at((await place.ask(read(audiencesPath, given))).body, "_etag")).toBe(at(body, "_etag"));
      const changed = await place.ask(patch(audiencesPath, given, [add("description", "y")]));
      expect(at(changed.body, "_etag")).not.toBe(at(body, "_etag"));
    },
    decides: "audience-etag",
  }),
];
