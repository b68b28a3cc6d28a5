import { at } from "../json";
import { sharesOf, sharesFound } from "../metadata";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { ownSegment } from "../segments";
import { statement, type Statement } from "../statement";

const list = "GET /segments";
const place = { dialect: "reference" } as const;

/** What the expansions hold whose contents the document does not describe. */
export const contentStatements: readonly Statement[] = [
  statement({
    of: `${list} > expansion=usedIn`,
    says: "usedIn has the form of the sample on the segments page: the components that contain the segment",
    place,
    given: async (where) => {
      const id = await ownSegment(where);
      const uses = [
        { type: "project", id: "44444444444", name: "Example Customer Analysis", lastAccess: "2026-06-05T13:40:31Z" },
        { type: "calculatedMetric", id: "cm1", name: "Mobile orders", internal: true },
      ];
      await where.control("PUT", `/segments/${id}/uses`, uses);
      await ownSegment(where);
      return id;
    },
    ask: { path: "/segments", query: { expansion: "usedIn" } },
    answer: async ({ body }, { place: where, given }) => {
      const sample = at(recorded("segments-used-in.answer"), "usedIn") ?? null;
      expect(sameShape(sample, at(body, "content.0.usedIn") ?? null)).toEqual([]);
      expect(at(body, "content.0.usedIn.0")).toEqual({
        ...(at(sample, "0") as object),
        lastRecordedAccess: Date.parse("2026-06-05T13:40:31Z"),
      });
      expect(at(body, "content.0.usedIn.1")).toMatchObject({ subType: "calculatedMetric", internal: true });
      expect(at(body, "content.1.usedIn")).toEqual([]);
      const one = await where.ask({ path: `/segments/${given}`, query: { expansion: "usedIn" } });
      expect(one.body).toMatchObject({ id: given, usedIn: at(body, "content.0.usedIn") });
    },
    decides: "used-in",
  }),
  statement({
    of: `${list} > expansion=usedIn`,
    says: "any GET of segments has it in the guide's dialect, too, and what writes answer does not (segments page, October 2025)",
    given: async (where) => {
      const id = await ownSegment(where);
      await where.control("PUT", `/segments/${id}/uses`, [{ type: "project", id: "p1", name: "P" }]);
      return id;
    },
    ask: { path: "/segments", query: { expansion: "usedIn" } },
    answer: async ({ body }, { place: where, given }) => {
      const query = { expansion: "usedIn" };
      expect(at(body, "0.usedIn")).toMatchObject([{ componentId: "p1", componentType: "project", name: "P" }]);
      const one = await where.ask({ path: `/segments/${given}`, query });
      expect(at(one.body, "usedIn")).toEqual(at(body, "0.usedIn"));
      const written = await where.ask({ method: "PUT", path: `/segments/${given}`, query, body: { name: "New" } });
      expect(written.body).not.toHaveProperty("usedIn");
    },
    decides: "used-in",
  }),
  statement({
    of: `${list} > expansion=usedIn`,
    says: "a service from before October 2025 ignores it",
    given: async (where) => {
      const id = await ownSegment(where);
      await where.control("PUT", `/segments/${id}/uses`, [{ type: "project", id: "p1", name: "P" }]);
      await where.control("PUT", "/used-in", { answered: false });
    },
    ask: { path: "/segments", query: { expansion: "usedIn" } },
    answer: async ({ body }, { place: where }) => expect(body).toEqual((await where.ask({ path: "/segments" })).body),
    decides: "used-in",
  }),
  statement({
    of: ["GET /segments/{id} > expansion=shares", "GET /segments/{id} > expansion=sharesFullName"],
    says: "the shares of the segment, and with sharesFullName who it is",
    place,
    given: async (where) => {
      const id = await ownSegment(where);
      await where.ask(sharesOf(id, { shareToType: "user", shareToId: 596983 }, { shareToType: "all" }));
      return id;
    },
    ask: (id) => ({ path: `/segments/${id}`, query: { expansion: "shares,sharesFullName" } }),
    answer: async ({ body }, { place: where, given }) => {
      const shares = await sharesFound(where, given);
      expect(at(body, "shares")).toEqual(shares);
      const names = { shareToDisplayName: "Jane Analyst", shareToLogin: "jane.analyst@company.example" };
      expect(at(body, "sharesFullName")).toEqual([{ ...(shares[0] as object), ...names }, shares[1]]);
    },
    decides: "share-names",
  }),
];
