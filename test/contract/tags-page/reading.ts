import { at, pluck } from "../json";
import { componentOf, componentSearch, tagId, tagItems, tagsPath } from "../metadata";
import { recorded } from "../recorded";
import { sameShape } from "../same-shape";
import { ownSegments } from "../segments";
import { statement, type Statement } from "../statement";

const list = `GET ${tagsPath}`;
const search = `POST ${tagsPath}/component/search`;
const tagnames = `GET ${tagsPath}/tagnames`;

export const readingStatements: readonly Statement[] = [
  statement({
    of: [`${list} > example`, `${list} > prose > page and limit`],
    says: "the sample request has the sample's answer: a page of three",
    given: (place) => place.ask(tagItems("project", "p1", "a", "b", "c", "d")),
    ask: { path: tagsPath, query: { page: 0, limit: 3 } },
    answer: async ({ status, body }, { place }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("tags-list.answer"), body ?? null)).toEqual([]);
      expect(body).toMatchObject({ totalElements: 4, totalPages: 2, firstPage: true, lastPage: false, size: 3 });
      const second = await place.ask({ path: tagsPath, query: { page: 1, limit: 3 } });
      expect(second.body).toMatchObject({ numberOfElements: 1, number: 1, firstPage: false, lastPage: true });
      expect([...pluck(at(body, "content"), "name"), ...pluck(at(second.body, "content"), "name")]).toEqual([
        ..."abcd",
      ]);
    },
  }),
  statement({
    of: `${search} > example`,
    says: "the sample request has the sample's answer",
    given: (place) => place.ask(tagItems("project", "component-id-556", "finance", "marketing", "warehouse")),
    ask: {
      method: "POST",
      path: `${tagsPath}/component/search`,
      query: { page: 0, limit: 10 },
      body: recorded("tags-component-search.request"),
    },
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("tags-component-search.answer"), body ?? null)).toEqual([]);
      expect(pluck(at(body, "content.0.tags"), "name")).toEqual(["finance", "marketing", "warehouse"]);
      expect(body).toMatchObject({ ...(recorded("tags-component-search.answer") as object), content: [{}] });
    },
  }),
  statement({
    of: `${search} > prose > page and limit`,
    says: "a page of components; ten of them when nothing is said",
    given: (place) => ownSegments(place, ...Array.from({ length: 11 }, (_, index) => `Segment ${index}`)),
    ask: (ids) => componentSearch(tagsPath, ids, { page: 1, limit: 4 }),
    answer: async ({ body }, { place, given }) => {
      expect(pluck(at(body, "content"), "componentId")).toEqual(given.slice(4, 8));
      expect(body).toMatchObject({ totalElements: 11, totalPages: 3, lastPage: false });
      const usual = await place.ask(componentSearch(tagsPath, given));
      expect(pluck(at(usual.body, "content"), "componentId")).toEqual(given.slice(0, 10));
    },
  }),
  statement({
    of: [`${tagnames} > example`, `${tagnames} > prose > components of the type with tags of the names`],
    says: "IDs of components of the type that carry one of the tags",
    given: async (place) => {
      await place.ask(tagItems("project", "component-id-1", "sales"));
      await place.ask(tagItems("project", "component-id-2", "finance", "other"));
      await place.ask(tagItems("project", "component-id-3", "other"));
      await place.ask(tagItems("dashboard", "component-id-4", "sales"));
    },
    ask: { path: `${tagsPath}/tagnames`, query: { tagNames: "sales,finance", componentType: "project" } },
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(body).toEqual(recorded("tags-tagnames.answer"));
    },
    decides: "tagnames-any",
  }),
  statement({
    of: `GET ${tagsPath}/{TAG_ID} > example`,
    says: "the sample's answer",
    given: async (place) => {
      await place.ask(tagItems("project", "component-id-1", "sales"));
      return tagId(place, "project", "component-id-1", "sales");
    },
    ask: (id) => ({ path: `${tagsPath}/${id}` }),
    answer: ({ status, body }, { given }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("tag-get.answer"), body ?? null)).toEqual([]);
      expect(body).toMatchObject({ id: given, components: at(recorded("tag-get.answer"), "components") });
    },
  }),
  statement({
    of: `GET ${tagsPath}/search > example`,
    says: "the tags of one component, each with this component",
    given: (place) => place.ask(tagItems("project", "p1", "sales", "finance")),
    ask: { path: `${tagsPath}/search`, query: { componentId: "p1", componentType: "project" } },
    answer: ({ status, body }) => {
      expect(status).toBe(200);
      expect(sameShape(recorded("tags-search.answer"), body ?? null)).toEqual([]);
      const components = [componentOf("project", "p1")];
      expect(body).toMatchObject([
        { name: "sales", components },
        { name: "finance", components },
      ]);
    },
  }),
];
