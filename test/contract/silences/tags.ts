import { at, pluck, type JsonObject } from "../json";
import { componentOf, tagId, tagItems, tagsOf, tagsPath } from "../metadata";
import type { Ask } from "../place";
import { statement, type Statement } from "../statement";

const put = (path: string, body: readonly JsonObject[]): Ask => ({ method: "PUT", path, body });

/** What tags do where no document says it; each named by the ledger's entry. */
export const tagSilences: readonly Statement[] = [
  statement({
    of: "tag-names",
    says: "an existing name is that tag, with its description; another case is another tag",
    given: async (place) => {
      const body = [{ name: "red", description: "first", components: [componentOf("project", "p1")] }];
      await place.ask({ method: "POST", path: tagsPath, body });
      return tagId(place, "project", "p1", "red");
    },
    ask: put(`${tagsPath}/tagitems`, [
      { ...componentOf("project", "p2"), tags: [{ name: "red", description: "second" }, { name: "Red" }] },
    ]),
    answer: async ({ body }, { place, given }) => {
      expect(at(body, "0.tags.0")).toEqual({ id: given, name: "red", description: "first" });
      expect(pluck(at(body, "0.tags"), "name")).toEqual(["red", "Red"]);
      expect(at(body, "0.tags.1.id")).not.toBe(given);
      const again = { name: "red", components: [componentOf("project", "p3")] };
      const posted = await place.ask({ method: "POST", path: tagsPath, body: [again] });
      expect(posted.body).toMatchObject([{ ...again, id: given, description: "first" }]);
      expect(at((await place.ask({ path: `${tagsPath}/${given}` })).body, "components")).toHaveLength(3);
    },
    decides: "tag-names",
  }),
  statement({
    of: "tag-by-id",
    says: "a tag by its ID, whatever the name; an unknown ID fails the item",
    given: async (place) => {
      await place.ask(tagItems("project", "p1", "red"));
      return tagId(place, "project", "p1", "red");
    },
    ask: (id) =>
      put(`${tagsPath}/tagitems`, [
        { ...componentOf("project", "p2"), tags: [{ id, name: "other" }] },
        { ...componentOf("project", "p3"), tags: [{ id: 1, name: "red" }] },
      ]),
    answer: async ({ body }, { place, given }) => {
      expect(at(body, "0.tags")).toEqual([{ id: given, name: "red", description: "" }]);
      expect(at(body, "1.status")).toEqual({ success: false, message: "Tag 1 was not found" });
      expect(await tagsOf(place, "project", "p3")).toEqual([]);
    },
    decides: "tag-by-id",
  }),
];
