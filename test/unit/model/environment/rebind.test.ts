import { fc, samples } from "../../../properties";
import { equal, parse } from "../../../../definition";
import { EnvironmentIds } from "../../../../model/environment/environment-ids";
import { readEnvironmentFile } from "../../../../model/environment/environment-file";
import {
  logicalName,
  logicalReference,
  renameReferences,
  findReferences,
} from "../../../../model/environment/references";
import { findShareIds } from "../../../../model/environment/share-ids";
import { resolveEnvironments } from "../../../../model/environment/resolve";
import { definition } from "../../definition/arbitrary";
import { around, page } from "../../definition/samples";

const { environments } = resolveEnvironments(
  readEnvironmentFile(`
dev: { dataViews: { web: dv_dev }, dimensions: { page: variables/page, shared: variables/all } }
prod: { dataViews: { web: dv_prod }, dimensions: { page: variables/prod_page, shared: variables/all } }
`),
);
const idsOf = (name: string) =>
  new EnvironmentIds(name, environments.get(name)?.ids ?? never(), [...environments.values()]);
function never(): never {
  throw new Error("no such environment");
}

test("logical names come and go at every component, however deep, and nowhere else", () => {
  fc.assert(
    fc.property(definition, (json) => {
      const logical = renameReferences(json, ({ kind, text }) => logicalReference(kind, text.replace(/[{}]/g, "_")));
      expect(parse(logical).errors).toEqual([]);
      for (const { text } of findReferences(logical)) expect(logicalName(text)).toBeDefined();
      const texts = findReferences(json).map(({ text }) => text);
      let next = 0;
      expect(renameReferences(logical, () => texts[next++])).toEqual(json);
      expect(
        equal(
          renameReferences(json, () => undefined),
          json,
        ),
      ).toBe(true);
    }),
    { numRuns: samples(300) },
  );
});

test("what a condition compares with is a text, and an output is left alone", () => {
  const later = new (class Output {
    name = "variables/page";
  })();
  const json = around({ func: "streq", str: "variables/page", val: page, description: later });
  const other = renameReferences(json, () => "variables/other") as typeof json;
  expect(other).toEqual(
    around({ func: "streq", str: "variables/page", val: { ...page, name: "variables/other" }, description: later }),
  );
  expect(findReferences(json)).toEqual([
    { kind: "dimensions", text: "variables/page", path: "container.pred.val.name" },
  ]);
});

test("IDs and names lead to each other, and an ID of another environment is known as such", () => {
  const [dev, prod] = [idsOf("dev"), idsOf("prod")];
  expect([dev.idOf("dimensions", "page"), prod.idOf("dimensions", "page"), prod.idOf("metrics", "page")]).toEqual([
    "variables/page",
    "variables/prod_page",
    undefined,
  ]);
  expect([
    dev.nameOf("dimensions", "page"),
    dev.nameOf("dataViews", "dv_dev"),
    dev.nameOf("dataViews", "dv_prod"),
  ]).toEqual(["page", "web", undefined]);
  expect(prod.findForeign("dataViews", "dv_dev")).toEqual({ name: "web", environment: "dev", idHere: "dv_prod" });
  expect(prod.findForeign("dimensions", "variables/all")).toBeUndefined();
  expect(prod.findForeign("dataViews", "dv_else")).toBeUndefined();
});

test("shares are those of a list as a whole, and nothing else is taken for one", () => {
  const later = new (class Output {
    to = "user";
    id = "{jane}";
  })();
  const shares = [
    { to: "user", id: "{jane}", access: "{jane}" },
    { to: "group", id: "{analysts}" },
    { to: "all", id: "{jane}" },
    { to: "team", id: "{jane}" },
    later,
  ];
  const seen: unknown[] = [];
  const other = renameReferences(shares, ({ kind, text, path }) => {
    seen.push([kind, text, path]);
    return "ID";
  });
  expect(seen).toEqual([
    ["users", "{jane}", "[0].id"],
    ["groups", "{analysts}", "[1].id"],
  ]);
  expect(other).toEqual([{ ...shares[0], id: "ID" }, { ...shares[1], id: "ID" }, ...shares.slice(2)]);
  expect(
    findReferences(around({ func: "streq", str: "x", val: page, of: [{ to: "user", id: "{jane}" }] })),
  ).toHaveLength(1);
});

test("the IDs of shares have their places, and what is not known yet has none", () => {
  const shares = [{ to: "all" }, { to: "user", id: "jane" }, { to: "group", id: Promise.resolve("5") }, null, "x"];
  expect(findShareIds(shares)).toEqual([
    ["shares[1].id", "users", "jane"],
    ["shares[2].id", "groups", expect.any(Promise)],
  ]);
  expect([findShareIds(undefined), findShareIds(Promise.resolve(shares))]).toEqual([[], []]);
});
