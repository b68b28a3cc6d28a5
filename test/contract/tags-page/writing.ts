import { at, pluck } from "../json";
import { tagId, tagItems, tagsOf, tagsPath } from "../metadata";
import type { Place } from "../place";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { colleaguesSegment } from "../segments";
import { statement, type Statement } from "../statement";

const post = `POST ${tagsPath}`;
const put = `PUT ${tagsPath}/tagitems`;
const removeOne = `DELETE ${tagsPath}/{TAG_ID}`;
const removeAll = `DELETE ${tagsPath}`;
const create = { method: "POST", path: tagsPath, body: recorded("tags-create.request") } as const;

/** The segments that the sample requests name. */
async function sampleSegments(place: Place): Promise<void> {
  await colleaguesSegment(place, { id: "component-id-2" });
  await colleaguesSegment(place, { id: "component-id-102" });
}

async function sampleTags(place: Place): Promise<{ sales: number }> {
  await sampleSegments(place);
  await place.ask(create);
  return { sales: await tagId(place, "project", "component-id-1", "sales") };
}

export const writingStatements: readonly Statement[] = [
  statement({
    of: [`${post} > example`, `${post} > prose > create two tags`],
    says: "the sample request has the sample's answer",
    given: sampleSegments,
    ask: create,
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("tags-create.answer"), body ?? null)).toEqual([]);
      expect(body).toMatchObject(recorded("tags-create.request") as object);
      expect(pluck(body, "status.success")).toEqual([true, true]);
      expect(at(body, "0.id")).not.toBe(at(body, "1.id"));
    },
  }),
  statement({
    of: `${post} > prose > associate a tag with components`,
    says: "the sales tag is on both of its components, and on no other",
    given: sampleTags,
    ask: ({ sales }) => ({ path: `${tagsPath}/${sales}` }),
    answer: async ({ body }, { place }) => {
      expect(at(body, "components")).toEqual(
        expect.arrayContaining([...(at(recorded("tags-create.request"), "0.components") as [])]),
      );
      expect(at(body, "components")).toHaveLength(2);
      expect(await tagsOf(place, "segment", "component-id-102")).toMatchObject([{ name: "marketing" }]);
    },
  }),
  statement({
    of: "prose > the same data that are used when working with tags in the UI",
    says: "a segment shows the tags that it was given here",
    given: sampleTags,
    ask: { path: "/segments/component-id-2", query: { expansion: "tags" } },
    answer: async ({ body }, { place }) => {
      expect(pluck(at(body, "tags"), "name")).toEqual(["sales"]);
      const found = await place.ask({ path: "/segments", query: { tagNames: "sales", includeType: "all" } });
      expect(pluck(found.body, "id")).toEqual(["component-id-2"]);
    },
  }),
  statement({
    of: `${removeOne} > example`,
    says: "the sample's answer",
    given: sampleTags,
    ask: ({ sales }) => ({ method: "DELETE", path: `${tagsPath}/${sales}` }),
    answer: ({ status, body }, { given }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("tag-delete.answer"), body ?? null)).toEqual([]);
      expect(body).toEqual({ tagId: String(given.sales), status: { success: true } });
    },
  }),
  statement({
    of: `${removeOne} > prose > it will also un-tag any and all components`,
    says: "the tag is gone, and so is it from each of its components; the other tag stays",
    given: sampleTags,
    ask: ({ sales }) => [
      { method: "DELETE", path: `${tagsPath}/${sales}` },
      { path: "/segments/component-id-2", query: { expansion: "tags" } },
    ],
    answer: async ({ body }, { place, given }) => {
      expect(at(body, "tags")).toEqual([]);
      expect(await tagsOf(place, "project", "component-id-1")).toEqual([]);
      expect((await place.ask({ path: `${tagsPath}/${given.sales}` })).status).toBe(404);
      expect(pluck(at((await place.ask({ path: tagsPath })).body, "content"), "name")).toEqual(["marketing"]);
    },
  }),
  statement({
    of: [`${removeAll} > example`, `${removeAll} > prose > removes all tags from list of components`],
    says: "the sample's answer, one for all; the tags themselves stay",
    given: sampleTags,
    ask: {
      method: "DELETE",
      path: tagsPath,
      query: { componentIds: "component-id-2,component-id-102", componentType: "segment" },
    },
    answer: async ({ status, body }, { place }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("tags-remove.answer"), body ?? null)).toEqual([]);
      expect(body).toEqual({ id: "component-id-2,component-id-102", status: { success: true } });
      expect(await tagsOf(place, "segment", "component-id-2")).toEqual([]);
      expect(await tagsOf(place, "segment", "component-id-102")).toEqual([]);
      expect(await tagsOf(place, "project", "component-id-1")).toHaveLength(1);
      expect(at((await place.ask({ path: tagsPath })).body, "totalElements")).toBe(2);
    },
  }),
  statement({
    of: [`${put} > example`, `${put} > prose > create two tags`],
    says: "the sample request has the sample's answer",
    ask: { method: "PUT", path: `${tagsPath}/tagitems`, body: recorded("tagitems.request") },
    answer: async ({ status, body }, { place }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("tagitems.answer"), body ?? null)).toEqual([]);
      expect(body).toMatchObject(recorded("tagitems.request") as object);
      expect(at(body, "0.status")).toEqual({ success: true });
      expect(await tagsOf(place, "project", "component-id-1")).toMatchObject(
        at(recorded("tagitems.request"), "0.tags") as object,
      );
    },
  }),
  statement({
    of: `${put} > prose > preexisting tags are removed`,
    says: "preexisting tags are removed from the component, and from no other; no tags at all is a list, too",
    given: async (place) => {
      await place.ask(tagItems("project", "component-id-1", "old", "kept"));
      await place.ask(tagItems("project", "component-id-9", "old"));
    },
    ask: tagItems("project", "component-id-1", "kept", "new"),
    answer: async (_answer, { place }) => {
      const names = async (id: string) => (await tagsOf(place, "project", id)).map((tag) => at(tag, "name"));
      expect(await names("component-id-1")).toEqual(["kept", "new"]);
      expect(await names("component-id-9")).toEqual(["old"]);
      await place.ask(tagItems("project", "component-id-1"));
      expect(await names("component-id-1")).toEqual([]);
    },
  }),
];
