import { at } from "../json";
import type { Ask } from "../place";
import { colleaguesSegment, guideBody, ownSegment } from "../segments";
import { statement, type Statement } from "../statement";

const unknown = "s300000022_000000000000000000000000";

/** Every request of the guide, for a segment. */
function requests(id: string): readonly (readonly [name: string, ask: Ask])[] {
  return [
    ["GET /segments", { path: "/segments" }],
    ["GET /segments/{ID}", { path: `/segments/${id}` }],
    ["POST /segments", { method: "POST", path: "/segments", body: guideBody }],
    ["PUT /segments/{ID}", { method: "PUT", path: `/segments/${id}`, body: { name: "x" } }],
    [
      "POST /segments/validate",
      { method: "POST", path: "/segments/validate", query: { rsid: "dv_prod" }, body: guideBody["definition"] ?? {} },
    ],
    ["DELETE /segments/{ID}", { method: "DELETE", path: `/segments/${id}` }],
  ];
}

const ofOne = (id: string) => requests(id).filter(([name]) => name.endsWith("{ID}"));
const writing = (id: string) => ofOne(id).filter(([name]) => !name.startsWith("GET"));

export const errorStatements: readonly Statement[] = [
  ...requests(unknown).map(([name, ask]) =>
    statement({
      of: "errors > 401 Unauthorized",
      says: `invalid authentication (${name})`,
      ask: { ...ask, headers: { authorization: "Bearer never-issued" } },
      answer: ({ status }) => expect(status).toBe(401),
    }),
  ),
  ...requests(unknown).map(([name, ask]) =>
    statement({
      of: "errors > 401 Unauthorized",
      says: `missing authentication (${name})`,
      ask: { ...ask, headers: { authorization: undefined } },
      answer: ({ status }) => expect(status).toBe(401),
      differs: {
        ledger: "missing-token-403",
        here: ({ status, body }) => {
          expect(status).toBe(403);
          expect(at(body, "error_code")).toBe("403010");
        },
      },
    }),
  ),
  ...["PUT /segments/{ID}", "DELETE /segments/{ID}"].map((name) =>
    statement({
      of: "errors > 403 Forbidden",
      says: `insufficient permissions to modify: a colleague's segment (${name})`,
      given: async (place) => {
        await place.control("PUT", "/permissions", { admin: false });
        return colleaguesSegment(place, { name: "Colleague's" });
      },
      ask: (id) =>
        writing(id)
          .filter(([each]) => each === name)
          .map(([, ask]) => ask),
      answer: async ({ status }, { place, given }) => {
        expect(status).toBe(403);
        const list = await place.ask({ path: "/segments", query: { includeType: "all" } });
        expect(list.body).toMatchObject([{ id: given, name: "Colleague's" }]);
      },
      decides: "rights",
    }),
  ),
  ...ofOne(unknown).map(([name, ask]) =>
    statement({
      of: "errors > 404 Not Found",
      says: `segment not found (${name})`,
      ask,
      answer: ({ status }) => expect(status).toBe(404),
    }),
  ),
  ...requests("").map(([name], index) =>
    statement({
      of: "errors > 500 Internal Server Error",
      says: `server error during segment processing (${name})`,
      given: async (place) => {
        const id = await ownSegment(place);
        await place.control("POST", "/faults", { status: 500 });
        return id;
      },
      ask: (id) =>
        requests(id)
          .slice(index, index + 1)
          .map(([, ask]) => ask),
      answer: async ({ status, text }, { place }) => {
        expect(status).toBe(500);
        expect(text).not.toBe("");
        expect((await place.ask({ path: "/segments" })).body).toHaveLength(1);
      },
    }),
  ),
];
