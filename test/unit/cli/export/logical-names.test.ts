import { parse } from "yaml";
import { idsOfSegment } from "../../../../cli/export/logical-names";
import { equal } from "../../../../definition";
import { NODE_FORMATS } from "../../../../cli/export/program";
import { around, orders, page } from "../../definition/samples";
import { filesOf, idOf, inFolder, mistakesIn, namesIn, registeredBy } from "./programs";

const FILE = `base:
  metrics: { orders: orders }
  dateRanges: { "last month": r1 }
dev:
  extends: base
  dataViews: { 'web "quoted"': dv_dev }
  dimensions: { product: variables/page, "odd{name}": variables/odd, class: variables/list }
prod:
  extends: base
  dataViews: { 'web "quoted"': dv_prod }
  dimensions: { product: variables/web.page, class: variables/entries }
`;
const within = { func: "datetime-within", "interval-value": { func: "datetime-interval-ref", id: "r1" } };

const definition = (pageName: string, list: string) =>
  around({
    func: "and",
    preds: [
      { func: "streq", str: "variables/page", val: { ...page, name: pageName } },
      { func: "streq-in", list: ["x"], val: { func: "attr", name: list } },
      { func: "event-exists", evt: orders },
      within,
    ],
  });
const segment = {
  id: idOf(1),
  name: "Mobile",
  dataViewId: "dv_dev",
  definition: definition("variables/page", "variables/list"),
};

test.each(NODE_FORMATS)("%s: one program has the IDs of every environment", async (format) => {
  const options = { format, names: namesIn(FILE, "dev"), environments: FILE };
  await inFolder(filesOf([segment], options), async (folder) => {
    expect(mistakesIn(folder)).toEqual([]);
    const [dev] = await registeredBy(folder, "dev");
    expect(dev?.inputs).toMatchObject({ dataViewId: "dv_dev", adoptId: idOf(1) });
    expect(equal(dev?.inputs["definition"], segment.definition)).toBe(true);
    const [prod] = await registeredBy(folder, "prod");
    expect(prod?.inputs).toMatchObject({ dataViewId: "dv_prod", name: "Mobile" });
    // It is made there: what it is taken over from is another environment's.
    expect(prod?.inputs).not.toHaveProperty("adoptId");
    expect(equal(prod?.inputs["definition"], definition("variables/web.page", "variables/entries"))).toBe(true);
  });
});

test("no ID is left in the program, but that of the segment", () => {
  for (const format of NODE_FORMATS) {
    const files = filesOf([segment], { format, names: namesIn(FILE, "dev") });
    const text = files
      .map(({ content }) => content)
      .join("\n")
      .replace(/"str": .*|\.is\(.*|str: "[^"]*"/g, "");
    expect(text.replace(/description: .*/, "")).not.toMatch(/variables\/(page|list)|metrics\/orders|"r1"|dv_dev/);
  }
});

test("IDs without a name are told once, with lines to add", () => {
  const names = namesIn(FILE, "dev");
  const other = {
    ...segment,
    dataViewId: "dv_other",
    definition: around({
      func: "and",
      preds: [
        { func: "exists", val: { func: "attr", name: "variables/web.product" } },
        { func: "exists", val: { func: "attr", name: "variables/odd" } },
        { func: "exists", val: { func: "attr", name: "variables/a.product" } },
        { func: "datetime-within", "interval-value": { func: "datetime-interval-ref", id: "6b02b5cb00000001" } },
      ],
    }),
  };
  const unmapped = names.findUnmapped([segment, other, other].flatMap(idsOfSegment));
  expect(unmapped).toEqual([
    { kind: "dataViews", id: "dv_other" },
    { kind: "dateRanges", id: "6b02b5cb00000001" },
    { kind: "dimensions", id: "variables/a.product" },
    // A name with braces cannot stand in braces.
    { kind: "dimensions", id: "variables/odd" },
    { kind: "dimensions", id: "variables/web.product" },
  ]);
  const lines = names.linesToAdd(unmapped);
  expect(parse(lines)).toEqual({
    dev: {
      dataViews: { dvOther: "dv_other" },
      dateRanges: { dateRange2: "6b02b5cb00000001" },
      dimensions: { product2: "variables/a.product", odd: "variables/odd", product3: "variables/web.product" },
    },
  });
});

test("an audience and a sandbox get a name that says nothing of one environment", () => {
  const ids = [
    { kind: "audiences", id: "e3be6d7f-a72c-4f1f-b41e-c296b45f607a" },
    { kind: "sandboxes", id: "dev" },
    { kind: "mergePolicies", id: "Web first" },
  ] as const;
  expect(parse(namesIn(FILE, "dev").linesToAdd(ids))).toEqual({
    dev: {
      audiences: { audience: ids[0].id },
      sandboxes: { sandbox: "dev" },
      mergePolicies: { webFirst: "Web first" },
    },
  });
});

test("a name stands only for the very text of the definition", () => {
  const names = namesIn(FILE, "dev");
  expect(names.nameOf("metrics", "metrics/orders")).toBe("orders");
  // The service's text has no kind before it: with one it would be another definition.
  expect(names.nameOf("metrics", "orders")).toBeUndefined();
});
