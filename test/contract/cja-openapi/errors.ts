import { type Ask } from "../place";
import { colleaguesSegment, ownSegment, referenceBody } from "../segments";
import { statement, type Statement } from "../statement";

const get = "GET /segments/{id}";
const put = "PUT /segments/{id}";
const remove = "DELETE /segments/{id}";
const validate = "POST /segments/validate";
const place = { dialect: "reference" } as const;
const update = (id: string, body: Ask["body"], query = {}): Ask => ({
  method: "PUT",
  path: `/segments/${id}`,
  query,
  ...(body === undefined ? {} : { body }),
});

export const errorStatements: readonly Statement[] = [
  statement({
    of: `${get} > 403`,
    says: "requesting non-shared segments for other users is restricted to admin users",
    place,
    given: async (where) => {
      await where.control("PUT", "/permissions", { admin: false });
      return colleaguesSegment(where, { shared: false });
    },
    ask: (id) => ({ path: `/segments/${id}` }),
    answer: ({ status }) => expect(status).toBe(403),
  }),
  statement({
    of: `${put} > 400`,
    says: "definition must be formatted as a JSON Object",
    place,
    given: (where) => ownSegment(where),
    ask: (id) => update(id, { definition: "text" }),
    answer: ({ status, text }) => {
      expect(status).toBe(400);
      expect(text).toContain("JSON");
    },
  }),
  statement({
    of: `${put} > 401`,
    says: "company mismatch; segment ownership can only be transferred within the same organization",
    place,
    given: (where) => ownSegment(where),
    ask: (id) => update(id, { owner: { imsUserId: "0000000000000000@OtherOrg" } }),
    answer: ({ status }) => expect(status).toBe(401),
  }),
  statement({
    of: `${put} > 403`,
    says: "user does not have permission to update this segment",
    place,
    given: async (where) => {
      await where.control("PUT", "/permissions", { admin: false });
      return colleaguesSegment(where, { shared: true });
    },
    ask: (id) => update(id, { name: "mine now" }),
    answer: ({ status }) => expect(status).toBe(403),
  }),
  ...[
    { of: `${get} > 500`, ask: (id: string): Ask => ({ path: `/segments/${id}` }) },
    { of: `${put} > 500`, ask: (id: string): Ask => update(id, { name: "x" }) },
    { of: `${remove} > 500`, ask: (id: string): Ask => ({ method: "DELETE", path: `/segments/${id}` }) },
    { of: `${validate} > 500`, ask: (): Ask => ({ method: "POST", path: "/segments/validate", body: referenceBody }) },
  ].map(({ of, ask }) =>
    statement({
      of,
      says: "external API error",
      place,
      given: async (where) => {
        const id = await ownSegment(where);
        await where.control("POST", "/faults", { status: 500 });
        return id;
      },
      ask,
      answer: ({ status }) => expect(status).toBe(500),
    }),
  ),
];
