import { at, pluck, type JsonObject } from "../json";
import { componentOf, componentSearch, shareId, sharesFound, sharesOf, sharesPath } from "../metadata";
import { tagItems, tagsOf, tagsPath } from "../metadata";
import type { Ask, PlaceOptions } from "../place";
import { ownSegment } from "../segments";
import { statement, type Statement } from "../statement";
import { mixed, type Mixed } from "./mixed";

const reference: PlaceOptions = { dialect: "reference" };
const everybody = { shareToType: "all" } as const;
const put = (path: string, body: readonly JsonObject[]): Ask => ({ method: "PUT", path, body });

const all = ({ mine, deleted, others }: Mixed) => ["unknown", deleted, others, mine];

/** What is the same for tags and shares where no document says it; each named by the ledger's entry. */
export const metadataSilences: readonly Statement[] = [
  ...(["guide", "reference"] as const).flatMap((dialect) => [
    statement<Mixed>({
      of: "item-status",
      says: `tagitems: an unknown, a deleted and somebody else's segment fail by themselves (${dialect})`,
      place: { dialect },
      given: mixed,
      ask: (given) =>
        put(
          `${tagsPath}/tagitems`,
          all(given).map((id) => ({ ...componentOf("segment", id), tags: [{ name: "red" }] })),
        ),
      answer: async ({ status, body }, { place, given }) => {
        expect(status).toBe(200);
        expect(pluck(body, "componentId")).toEqual(all(given));
        expect(pluck(body, "status.success")).toEqual([false, false, false, true]);
        expect(pluck(body, "status.message")).toEqual([
          "Component segment unknown was not found",
          `Component segment ${given.deleted} was not found`,
          `User does not have permission to update segment ${given.others}`,
          undefined,
        ]);
        expect(await tagsOf(place, "segment", given.mine)).toHaveLength(1);
        expect(await tagsOf(place, "segment", given.others)).toEqual([]);
      },
      decides: "item-status",
    }),
    statement<Mixed>({
      of: "item-status",
      says: `shares: an unknown, a deleted and somebody else's segment fail by themselves (${dialect})`,
      place: { dialect },
      given: mixed,
      ask: (given) =>
        put(
          sharesPath,
          all(given).map((id) => ({ ...componentOf("segment", id), shares: [everybody] })),
        ),
      answer: async ({ status, body }, { place, given }) => {
        expect(status).toBe(200);
        expect(pluck(body, "status.success")).toEqual([false, false, false, true]);
        expect(at(body, "2.shares.0")).toMatchObject(everybody);
        expect(await sharesFound(place, given.mine)).toHaveLength(1);
        expect(await sharesFound(place, given.others)).toEqual([]);
      },
      decides: "item-status",
    }),
  ]),
  statement<Mixed>({
    of: "item-status",
    says: "POST and DELETE of tags: what can be done is done, one status names the rest",
    given: mixed,
    ask: (given) => ({
      method: "POST",
      path: tagsPath,
      body: [{ name: "red", components: all(given).map((id) => componentOf("segment", id)) }],
    }),
    answer: async ({ status, body }, { place, given }) => {
      expect([status, at(body, "0.status.success")]).toEqual([200, false]);
      expect(at(body, "0.status.message")).toContain("segment unknown was not found");
      expect(await tagsOf(place, "segment", given.mine)).toHaveLength(1);
      const query = { componentIds: all(given).join(","), componentType: "segment" };
      const removed = await place.ask({ method: "DELETE", path: tagsPath, query });
      expect([removed.status, at(removed.body, "status.success")]).toEqual([200, false]);
      expect(await tagsOf(place, "segment", given.mine)).toEqual([]);
    },
    decides: "item-status",
  }),
  statement({
    of: "item-status",
    says: "control lets one component's items fail, and no other's",
    given: async (place) => {
      const ids = [await ownSegment(place), await ownSegment(place)];
      await place.control("PUT", "/refused-components", { ids: ids.slice(0, 1), message: "Locked" });
      return ids;
    },
    ask: (ids) =>
      put(
        sharesPath,
        ids.map((id) => ({ ...componentOf("segment", id), shares: [everybody] })),
      ),
    answer: async ({ body }, { place, given: [first = ""] }) => {
      expect(pluck(body, "status")).toEqual([{ success: false, message: "Locked" }, { success: true }]);
      const tagged = await place.ask(tagItems("segment", first, "red"));
      expect(at(tagged.body, "0.status.message")).toBe("Locked");
      await place.control("PUT", "/refused-components", { ids: [] });
      expect(at((await place.ask(tagItems("segment", first, "red"))).body, "0.status.success")).toBe(true);
    },
    decides: "item-status",
  }),
  ...[
    put(`${tagsPath}/tagitems`, [{ ...componentOf("nonsense", "c1"), tags: [] }]),
    put(`${tagsPath}/tagitems`, [{ ...componentOf("project", "c1"), tags: [{ description: "no name" }] }]),
    put(`${tagsPath}/tagitems`, [{ ...componentOf("project", "c1") }]),
    { method: "POST", path: tagsPath, body: [{ name: " " }] },
    { method: "POST", path: tagsPath, body: { name: "no array" } },
    put(sharesPath, [{ ...componentOf("segment", "c1"), shares: [{ shareToType: "user" }] }]),
    put(sharesPath, [{ ...componentOf("segment", "c1"), shares: [{ shareToType: "nonsense", shareToId: 1 }] }]),
    { method: "POST", path: `${sharesPath}/component/search`, body: componentOf("segment", "c1") },
  ].map((ask) =>
    statement({
      of: "bad-items",
      says: `${ask.method} ${ask.path.split("/").at(-1)} ${JSON.stringify(ask.body)} is refused, and nothing of it is done`,
      given: (place) => ownSegment(place),
      ask: (id) => {
        const { body } = ask;
        return Array.isArray(body)
          ? { ...ask, body: [{ ...componentOf("segment", id), tags: [{ name: "red" }], shares: [everybody] }, ...body] }
          : ask;
      },
      answer: async ({ status, body }, { place, given }) => {
        expect(status).toBe(400);
        expect(at(body, "errorDescription")).toEqual(expect.any(String));
        expect(await tagsOf(place, "segment", given)).toEqual([]);
        expect(await sharesFound(place, given)).toEqual([]);
      },
      decides: "bad-items",
    }),
  ),
  statement({
    of: "metadata-keeps-dates",
    says: "tagging and sharing leave a segment's dates",
    given: async (place) => {
      const id = await ownSegment(place);
      const before = await place.ask({ path: `/segments/${id}` });
      await place.advance(60_000);
      return { id, before: before.body };
    },
    ask: ({ id }) => [tagItems("segment", id, "red"), sharesOf(id, everybody), { path: `/segments/${id}` }],
    answer: ({ body }, { given }) => expect(body).toEqual(given.before),
    decides: "metadata-keeps-dates",
  }),
  statement({
    of: "metadata-of-deleted",
    says: "a deleted segment is in no answer about tags and shares, and still shows its own tags",
    place: reference,
    given: async (place) => {
      const id = await ownSegment(place);
      await place.ask(tagItems("segment", id, "red"));
      await place.ask(sharesOf(id, everybody));
      const share = await shareId(place, id);
      await place.ask({ method: "DELETE", path: `/segments/${id}` });
      return { id, share };
    },
    ask: { path: `${tagsPath}/tagnames`, query: { tagNames: "red", componentType: "segment" } },
    answer: async ({ body }, { place, given: { id, share } }) => {
      expect(body).toEqual([]);
      expect((await place.ask({ path: sharesPath })).body).toEqual([]);
      expect((await place.ask({ path: `${sharesPath}/${share}` })).status).toBe(404);
      expect(await tagsOf(place, "segment", id)).toEqual([]);
      expect(pluck((await place.ask({ path: tagsPath })).body, "components")).toEqual([[]]);
      const one = await place.ask({ path: `/segments/${id}`, query: { expansion: "tags" } });
      expect(pluck(at(one.body, "tags"), "name")).toEqual(["red"]);
    },
    decides: "metadata-of-deleted",
  }),
  ...[
    { path: tagsPath, none: { tags: [] } },
    { path: sharesPath, none: { shares: [] } },
  ].map(({ path, none }) =>
    statement({
      of: "component-search-entries",
      says: `${path}: an entry for each component that is there, whatever dataId says, and none for an unknown one`,
      given: (place) => ownSegment(place),
      ask: (id) => {
        const { body, ...ask } = componentSearch(path, ["unknown", id, id]);
        return { ...ask, body: { ...(body as JsonObject), dataId: "dv_unknown" } };
      },
      answer: ({ body }, { given }) =>
        expect(body).toMatchObject({ content: [{ ...componentOf("segment", given), ...none }], totalElements: 1 }),
      decides: "component-search-entries",
    }),
  ),
];
