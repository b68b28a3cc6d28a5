import { at, pluck } from "../json";
import { componentOf, componentSearch, tagId, tagItems, tagsOf, tagsPath } from "../metadata";
import type { Ask, Place } from "../place";
import { ownSegment } from "../segments";
import { statement, type Statement } from "../statement";
import { misfit, valuesOf } from "./schema";

const place = { dialect: "reference" } as const;
const list = `GET ${tagsPath}`;
const one = `${tagsPath}/{id}`;
const search = `GET ${tagsPath}/search`;
const tagnames = `GET ${tagsPath}/tagnames`;
const remove = `DELETE ${tagsPath}`;
const componentSearchName = `${tagsPath}/component/search`;

/** A segment with the tags a to e; its ID. */
async function taggedSegment(where: Place): Promise<string> {
  const id = await ownSegment(where);
  await where.ask(tagItems("segment", id, ..."abcde"));
  return id;
}

export const tagStatements: readonly Statement[] = [
  statement({
    of: [`${list} > 200`, `${list} > parameter limit`, `${list} > parameter page`],
    says: "a page of tags: an array of id, name, description, components",
    place,
    given: taggedSegment,
    ask: { path: tagsPath, query: { limit: 2, page: 1 } },
    answer: async ({ status, body }, { place: where, given }) => {
      expect(misfit("get", tagsPath, { status, body })).toEqual([]);
      expect(pluck(body, "name")).toEqual(["c", "d"]);
      expect(pluck(body, "description")).toEqual(["", ""]);
      expect(at(body, "0.components")).toEqual([componentOf("segment", given)]);
      await where.ask(tagItems("project", "p1", ..."fghijk"));
      expect((await where.ask({ path: tagsPath })).body).toHaveLength(10);
    },
    decides: "tag-list-form",
  }),
  statement({
    of: [`GET ${one} > 200`, `GET ${one} > parameter id`],
    says: "a tag by ID",
    place,
    given: async (where) => tagId(where, "segment", await taggedSegment(where), "b"),
    ask: (id) => ({ path: `${tagsPath}/${id}` }),
    answer: ({ status, body }, { given }) => {
      expect(misfit("get", one, { status, body })).toEqual([]);
      expect(body).toMatchObject({ id: given, name: "b", components: [{ componentType: "segment" }] });
    },
  }),
  statement({
    of: [`DELETE ${one} > 200`, `DELETE ${one} > parameter id`],
    says: "deletes a tag and all associations of that tag",
    place,
    given: async (where) => {
      const id = await taggedSegment(where);
      return { id, tag: await tagId(where, "segment", id, "b") };
    },
    ask: ({ tag }) => ({ method: "DELETE", path: `${tagsPath}/${tag}` }),
    answer: async ({ status, body }, { place: where, given }) => {
      expect(misfit("delete", one, { status, body })).toEqual([]);
      expect(pluck(await tagsOf(where, "segment", given.id), "name")).toEqual([..."acde"]);
    },
  }),
  ...(
    [
      ["POST", tagsPath, (id: string) => ({ name: "new", components: [componentOf("segment", id)] })],
      ["PUT", `${tagsPath}/tagitems`, (id: string) => ({ ...componentOf("segment", id), tags: [{ name: "new" }] })],
    ] as const
  ).map(([method, path, item]) =>
    statement({
      of: `${method} ${path} > 200`,
      says: "every key of the answer is declared in the schema",
      place,
      given: (where) => ownSegment(where),
      ask: (id): Ask => ({ method, path, body: [item(id)] }),
      answer: ({ status, body }) => expect(misfit(method.toLowerCase(), path, { status, body })).toEqual([]),
      differs: {
        ledger: "tag-answers-have-status",
        here: async ({ status, body }, { place: where, given }) => {
          expect(misfit(method.toLowerCase(), path, { status, body })).toEqual(["+ [].status"]);
          expect(pluck(await tagsOf(where, "segment", given), "name")).toEqual(["new"]);
        },
      },
    }),
  ),
  statement({
    of: [`POST ${componentSearchName} > 200`],
    says: "one component with its tags",
    place,
    given: taggedSegment,
    ask: (id) => componentSearch(tagsPath, [id]),
    answer: ({ status, body }) => expect(misfit("post", componentSearchName, { status, body })).toEqual([]),
    differs: {
      ledger: "component-search-form",
      here: ({ status, body }, { given }) => {
        expect(misfit("post", componentSearchName, { status, body: at(body, "content.0") })).toEqual([]);
        expect(body).toMatchObject({ content: [componentOf("segment", given)], totalElements: 1, lastPage: true });
      },
    },
  }),
  statement({
    of: [`POST ${componentSearchName} > parameter limit`, `POST ${componentSearchName} > parameter page`],
    says: "a page of components",
    place,
    given: async (where) => [await taggedSegment(where), await taggedSegment(where)],
    ask: (ids) => componentSearch(tagsPath, ids, { limit: 1, page: 1 }),
    answer: ({ body }, { given }) => expect(pluck(at(body, "content"), "componentId")).toEqual(given.slice(1)),
  }),
  statement({
    of: [`${search} > 200`, `${search} > parameter componentId`],
    says: "the tags of a component",
    place,
    given: taggedSegment,
    ask: (componentId) => ({ path: `${tagsPath}/search`, query: { componentId, componentType: "segment" } }),
    answer: ({ status, body }) => {
      expect(misfit("get", `${tagsPath}/search`, { status, body })).toEqual([]);
      expect(pluck(body, "name")).toEqual([..."abcde"]);
    },
  }),
  statement({
    of: [`${tagnames} > 200`, `${tagnames} > parameter tagNames`],
    says: "IDs of components with a tag of the list",
    place,
    given: taggedSegment,
    ask: { path: `${tagsPath}/tagnames`, query: { tagNames: "b,nobody's", componentType: "segment" } },
    answer: ({ status, body }, { given }) => {
      expect(misfit("get", `${tagsPath}/tagnames`, { status, body })).toEqual([]);
      expect(body).toEqual([given]);
    },
  }),
  statement({
    of: [`${remove} > 200`, `${remove} > parameter componentIds`],
    says: "a single combined response for the entire operation",
    place,
    given: taggedSegment,
    ask: (id) => ({ method: "DELETE", path: tagsPath, query: { componentIds: `${id},`, componentType: "segment" } }),
    answer: async ({ status, body }, { place: where, given }) => {
      expect(misfit("delete", tagsPath, { status, body })).toEqual([]);
      expect(await tagsOf(where, "segment", given)).toEqual([]);
    },
  }),
  ...valuesOf("delete", tagsPath, "componentType").map((componentType) =>
    statement({
      of: [search, tagnames, remove].flatMap((operation) => [
        `${operation} > parameter componentType`,
        `${operation} > componentType=${componentType}`,
      ]),
      says: `tags of a ${componentType}`,
      place,
      given: async (where) => {
        const id = componentType === "segment" ? await ownSegment(where) : "c1";
        await where.ask(tagItems(componentType, id, "red"));
        return id;
      },
      ask: { path: `${tagsPath}/tagnames`, query: { componentType, tagNames: "red" } },
      answer: async ({ body }, { place: where, given }) => {
        expect(body).toEqual([given]);
        expect(pluck(await tagsOf(where, componentType, given), "name")).toEqual(["red"]);
        const query = { componentIds: given, componentType };
        expect((await where.ask({ method: "DELETE", path: tagsPath, query })).status).toBe(200);
        expect(await tagsOf(where, componentType, given)).toEqual([]);
      },
      decides: "other-components",
    }),
  ),
];
