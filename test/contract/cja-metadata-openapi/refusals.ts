import { at } from "../json";
import { componentOf, shareId, sharesOf, sharesPath, tagItems, tagsPath } from "../metadata";
import type { Ask, Place } from "../place";
import { colleaguesSegment, ownSegment } from "../segments";
import { statement, type Statement } from "../statement";

const place = { dialect: "reference" } as const;
const wrong = { componentType: "nonsense" } as const;

/** A share of a colleague's segment with another colleague, which a technical account without rights has nothing to do with. */
async function othersShare(where: Place): Promise<number> {
  const id = await colleaguesSegment(where, { shared: true, shares: [{ type: "user", to: "Bob" }] });
  const share = await shareId(where, id);
  await where.control("PUT", "/permissions", { admin: false });
  return share;
}

const badTypes: readonly { readonly of: string; readonly ask: Ask }[] = [
  {
    of: `DELETE ${tagsPath} > 400`,
    ask: { method: "DELETE", path: tagsPath, query: { ...wrong, componentIds: "c1" } },
  },
  { of: `GET ${tagsPath}/search > 400`, ask: { path: `${tagsPath}/search`, query: { ...wrong, componentId: "c1" } } },
  { of: `GET ${tagsPath}/tagnames > 400`, ask: { path: `${tagsPath}/tagnames`, query: { ...wrong, tagNames: "red" } } },
  {
    of: `PUT ${sharesPath} > 400`,
    ask: { method: "PUT", path: sharesPath, body: [{ ...wrong, componentId: "c1", shares: [] }] },
  },
];

/** Every operation that declares a 500. */
const operations: readonly { readonly of: string; readonly ask: Ask }[] = [
  { of: `GET ${tagsPath}`, ask: { path: tagsPath } },
  { of: `POST ${tagsPath}`, ask: { method: "POST", path: tagsPath, body: [] } },
  { of: `DELETE ${tagsPath}`, ask: { method: "DELETE", path: tagsPath } },
  { of: `GET ${tagsPath}/{id}`, ask: { path: `${tagsPath}/1` } },
  { of: `DELETE ${tagsPath}/{id}`, ask: { method: "DELETE", path: `${tagsPath}/1` } },
  { of: `GET ${tagsPath}/search`, ask: { path: `${tagsPath}/search` } },
  { of: `GET ${tagsPath}/tagnames`, ask: { path: `${tagsPath}/tagnames` } },
  { of: `PUT ${tagsPath}/tagitems`, ask: tagItems("segment", "s1", "red") },
  { of: `GET ${sharesPath}`, ask: { path: sharesPath } },
  { of: `PUT ${sharesPath}`, ask: sharesOf("s1") },
  { of: `GET ${sharesPath}/{id}`, ask: { path: `${sharesPath}/1` } },
  { of: `DELETE ${sharesPath}/{id}`, ask: { method: "DELETE", path: `${sharesPath}/1` } },
  { of: "GET /data/dataviews", ask: { path: "/data/dataviews" } },
];

export const refusalStatements: readonly Statement[] = [
  ...badTypes.map(({ of, ask }) =>
    statement({
      of,
      says: "invalid component type",
      place,
      ask,
      answer: ({ status, body }) => {
        expect(status).toBe(400);
        expect(at(body, "errorDescription")).toContain("Invalid component type");
      },
    }),
  ),
  statement({
    of: `PUT ${sharesPath} > 400`,
    says: "mixed component types on request (only one type per request)",
    place,
    given: (where) => ownSegment(where),
    ask: (id) => ({
      method: "PUT",
      path: sharesPath,
      body: [
        { ...componentOf("segment", id), shares: [{ shareToType: "all" }] },
        { ...componentOf("project", "p1"), shares: [] },
      ],
    }),
    answer: async ({ status }, { place: where }) => {
      expect(status).toBe(400);
      expect((await where.ask({ path: sharesPath })).body).toEqual([]);
    },
  }),
  ...(["GET", "DELETE"] as const).map((method) =>
    statement({
      of: `${method} ${tagsPath}/{id} > 404`,
      says: "the given tag does not exist",
      place,
      ask: { method, path: `${tagsPath}/1` },
      answer: ({ status, body }) => {
        expect(status).toBe(404);
        expect(at(body, "errorCode")).toBe("resource_not_found");
      },
    }),
  ),
  ...(["GET", "DELETE"] as const).map((method) =>
    statement({
      of: `${method} ${sharesPath}/{id} > 403`,
      says: "user does not have access to the share",
      place,
      given: othersShare,
      ask: (id) => ({ method, path: `${sharesPath}/${id}` }),
      answer: ({ status }) => expect(status).toBe(403),
    }),
  ),
  statement({
    of: `PUT ${sharesPath} > 403`,
    says: "user does not have access for the requested operation",
    place,
    given: async (where) => {
      await where.control("PUT", "/permissions", { admin: false });
      return colleaguesSegment(where);
    },
    ask: (id) => sharesOf(id, { shareToType: "all" }),
    answer: ({ status }) => expect(status).toBe(403),
    differs: {
      ledger: "item-status",
      here: ({ status, body }) => {
        expect(status).toBe(200);
        expect(at(body, "0.status.success")).toBe(false);
        expect(at(body, "0.status.message")).toContain("permission");
      },
    },
  }),
  ...operations.map(({ of, ask }) =>
    statement({
      of: `${of} > 500`,
      says: "unable to do it",
      place,
      given: (where) => where.control("POST", "/faults", { status: 500 }),
      ask,
      answer: ({ status, body }) => {
        expect(status).toBe(500);
        expect(at(body, "errorCode")).toEqual(expect.any(String));
      },
    }),
  ),
];
