import fc from "fast-check";
import { equal, parse } from "../../../definition";
import { EnvironmentIds } from "../../../environment/environment-ids";
import { readEnvironmentFile } from "../../../environment/environment-file";
import { logicalName, logicalReference, rebound, referencesOf } from "../../../environment/rebind";
import { resolveEnvironments } from "../../../environment/resolve";
import { definition } from "../definition/arbitrary";
import { around, page } from "../definition/samples";

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
      const logical = rebound(json, ({ kind, text }) => logicalReference(kind, text.replace(/[{}]/g, "_")));
      expect(parse(logical).errors).toEqual([]);
      for (const { text } of referencesOf(logical)) expect(logicalName(text)).toBeDefined();
      const texts = referencesOf(json).map(({ text }) => text);
      let next = 0;
      expect(rebound(logical, () => texts[next++])).toEqual(json);
      expect(
        equal(
          rebound(json, () => undefined),
          json,
        ),
      ).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("what a condition compares with is a text, and an output is left alone", () => {
  const later = new (class Output {
    name = "variables/page";
  })();
  const json = around({ func: "streq", str: "variables/page", val: page, description: later });
  const other = rebound(json, () => "variables/other") as typeof json;
  expect(other).toEqual(
    around({ func: "streq", str: "variables/page", val: { ...page, name: "variables/other" }, description: later }),
  );
  expect(referencesOf(json)).toEqual([{ kind: "dimensions", text: "variables/page", path: "container.pred.val.name" }]);
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
  expect(prod.foreignOf("dataViews", "dv_dev")).toEqual({ name: "web", environment: "dev", here: "dv_prod" });
  expect(prod.foreignOf("dimensions", "variables/all")).toBeUndefined();
  expect(prod.foreignOf("dataViews", "dv_else")).toBeUndefined();
});
