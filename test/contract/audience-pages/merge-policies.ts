import { bulkGetOf, inSandbox, mergePoliciesPath, read, unknownId } from "../audiences";
import { at, pluck, textAt, type JsonObject } from "../json";
import type { Ask, Place } from "../place";
import { recorded } from "../recorded";
import { rekey, sameShape } from "../same-shape";
import { statement, type Statement } from "../statement";

const list = (query: NonNullable<Ask["query"]> = {}, sandbox = "prod"): Ask => ({
  path: mergePoliciesPath,
  query,
  headers: inSandbox(sandbox),
});
const usual = ["Dataset Precedence Merge Policy", "Profile Default Merge Policy"];
const namesIn = async (place: Place, query: NonNullable<Ask["query"]>) =>
  pluck(at((await place.ask(list(query))).body, "children"), "name");
const replace = (place: Place, ...policies: readonly JsonObject[]) =>
  place.control("PUT", "/merge-policies", { sandbox: "prod", policies });

export const mergePolicyStatements: readonly Statement[] = [
  statement({
    of: "merge policies > list",
    says: "the sample's shape, by name; each sandbox has its own IDs",
    ask: list(),
    answer: async ({ status, body }, { place }) => {
      expect(status).toBe(200);
      const sample = recorded("merge-policies-list.answer");
      expect(sameShape(sample, body ?? null).filter((each) => each !== "+ children[].isActiveOnEdge")).toEqual([
        "+ children[].attributeMerge.order",
        "- children[].attributeMerge.order",
      ]);
      expect([pluck(at(body, "children"), "name"), at(body, "_page")]).toEqual([usual, { totalCount: 2, pageSize: 2 }]);
      const elsewhere = (await place.ask(list({}, "dev"))).body;
      expect(pluck(at(elsewhere, "children"), "name")).toEqual(usual);
      expect(textAt(elsewhere, "children.0.id")).not.toBe(textAt(body, "children.0.id"));
    },
    decides: "merge-policies-of-sandboxes",
  }),
  statement({
    of: ["merge policies > list > default", "merge policies > one default for a class"],
    says: "those that are the default of their class",
    ask: list({ default: "true" }),
    answer: async ({ body }, { place }) => {
      expect(pluck(at(body, "children"), "name")).toEqual(["Profile Default Merge Policy"]);
      expect(await namesIn(place, { default: "false" })).toEqual(["Dataset Precedence Merge Policy"]);
    },
  }),
  statement({
    of: "merge policies > list > limit, start",
    says: "20 on a page unless said otherwise; the link of the last page is an empty string",
    given: (place) => replace(place, ...Array.from({ length: 21 }, (_, n) => ({ name: `Policy ${10 + n}` }))),
    ask: list(),
    answer: async ({ body }, { place }) => {
      expect([at(body, "_page"), textAt(body, "_links.next.href")]).toEqual([
        { totalCount: 21, pageSize: 20 },
        expect.stringMatching(/^@\/mergePolicies\?start=20&/),
      ]);
      const { body: last } = await place.ask(list({ start: 20 }));
      expect([pluck(at(last, "children"), "name"), at(last, "_links.next.href")]).toEqual([["Policy 30"], ""]);
      expect(await namesIn(place, { limit: 2 })).toEqual(["Policy 10", "Policy 11"]);
    },
    decides: "merge-policy-start",
  }),
  statement({
    of: "merge policies > list > orderBy",
    says: "name, +name or -name",
    ask: list({ orderBy: "-name" }),
    answer: async ({ body }, { place }) => {
      expect(pluck(at(body, "children"), "name")).toEqual(usual.toReversed());
      expect(await namesIn(place, { orderBy: "+name" })).toEqual(usual);
    },
  }),
  statement({
    of: "merge policies > list > schema.name",
    says: "those of one class",
    given: (place) => replace(place, { name: "Accounts", schemaName: "_xdm.context.account" }, { name: "People" }),
    ask: list({ "schema.name": "_xdm.context.account" }),
    answer: ({ body }) => expect(pluck(at(body, "children"), "name")).toEqual(["Accounts"]),
  }),
  statement({
    of: "merge policies > list > identityGraph.type, attributeMerge.type",
    says: "those of one type",
    ask: list({ "identityGraph.type": "pdg", "attributeMerge.type": "dataSetPrecedence" }),
    answer: async ({ body }, { place }) => {
      expect(pluck(at(body, "children"), "name")).toEqual(["Dataset Precedence Merge Policy"]);
      expect(await namesIn(place, { "identityGraph.type": "none" })).toEqual(["Profile Default Merge Policy"]);
      expect(await namesIn(place, { "attributeMerge.type": "timestampOrdered" })).toEqual([
        "Profile Default Merge Policy",
      ]);
    },
  }),
  statement({
    of: "merge policies > get",
    says: "one by its ID",
    given: async (place) => textAt((await place.ask(list())).body, "children.1.id"),
    ask: (id) => read(mergePoliciesPath, id),
    answer: async ({ status, body }, { place, given }) => {
      expect([status, at(body, "id"), at(body, "default")]).toEqual([200, given, true]);
      expect((await place.ask(read(mergePoliciesPath, unknownId))).status).toBe(404);
      const elsewhere = { ...read(mergePoliciesPath, given), headers: inSandbox("dev") };
      expect((await place.ask(elsewhere)).status).toBe(404);
    },
  }),
  statement({
    of: "merge policies > bulk-get",
    says: "207 with those whose IDs were given",
    given: async (place) => pluck(at((await place.ask(list({ orderBy: "-name" }))).body, "children"), "id").map(String),
    ask: (ids) => bulkGetOf(mergePoliciesPath, ids),
    answer: ({ status, body }, { given }) => {
      expect(status).toBe(207);
      const results = rekey(at(recorded("merge-policies-bulk-get.answer"), "results"), given);
      const more = given.map((id) => `+ ${id}.isActiveOnEdge`);
      expect(sameShape(results, at(body, "results") ?? null)).toEqual(more);
    },
  }),
];
