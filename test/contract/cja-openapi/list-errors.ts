import { textAt } from "../json";
import { colleaguesSegment } from "../segments";
import { statement, type Statement } from "../statement";

const list = "GET /segments";
const path = "/segments";
const place = { dialect: "reference" } as const;

export const listErrorStatements: readonly Statement[] = [
  statement({
    of: `${list} > 401`,
    says: "owner filter error; user specified is not in the same organization as the requesting user",
    place,
    ask: { path, query: { ownerId: "0000000000000000@OtherOrg" } },
    answer: ({ status }) => expect(status).toBe(401),
  }),
  statement({
    of: `${list} > 403`,
    says: "requesting non-shared segments for other users is restricted to admin users",
    place,
    given: async (where) => {
      const id = await colleaguesSegment(where, { shared: false });
      const one = await where.ask({ path: `${path}/${id}`, query: { expansion: "owner" } });
      await where.control("PUT", "/permissions", { admin: false });
      return textAt(one.body, "owner.imsUserId");
    },
    ask: (ownerId) => ({ path, query: { ownerId } }),
    answer: ({ status }) => expect(status).toBe(403),
  }),
  statement({
    of: `${list} > 400`,
    says: "unable to retrieve list of segments (a parameter that makes no sense)",
    place,
    ask: { path, query: { limit: "many" } },
    answer: ({ status }) => expect(status).toBe(400),
    decides: "refused-parameters",
  }),
  statement({
    of: `${list} > 500`,
    says: "external API error; segment retrieval failed",
    place,
    given: async (where) => {
      await where.control("POST", "/faults", { status: 500 });
    },
    ask: { path },
    answer: ({ status }) => expect(status).toBe(500),
  }),
];
