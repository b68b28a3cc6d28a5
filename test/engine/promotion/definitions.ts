/** Definitions as people have made them in the UI of one environment: every place that an ID can stand in. */

const streq = (name: string, str: string) => ({ func: "streq", str, val: { func: "attr", name: `variables/${name}` } });
const total = (name: string, num: number) => ({
  func: "ge",
  num,
  val: { func: "total", evt: { func: "event", name: `metrics/${name}` } },
});
const container = (context: string, pred: object) => ({ func: "container", context, pred });

const SHAPES: readonly ((index: number) => object)[] = [
  (index) => container("visits", streq("page", `Page ${index}`)),
  (index) =>
    container("visitors", {
      func: "and",
      preds: [
        streq("device_type", `Device ${index}`),
        {
          func: "without",
          pred: container("visits", { func: "or", preds: [total("orders", index + 1), streq("page", "x")] }),
        },
      ],
    }),
  (index) =>
    container("visitors", {
      func: "sequence",
      stream: [
        container("hits", streq("page", "variables/page")),
        {
          func: "dimension-restriction",
          limit: "within",
          count: index + 1,
          attribute: { func: "attr", name: "variables/page" },
        },
        {
          func: "sequence-and",
          checkpoints: [
            container("hits", { func: "event-exists", evt: { func: "event", name: "metrics/orders" } }),
            container("hits", {
              func: "gt",
              num: index,
              val: { func: "total-distinct", field: { func: "attr", name: "variables/device_type" } },
            }),
          ],
        },
      ],
    }),
  (index) =>
    container("hits", {
      func: "or",
      preds: [
        { func: "datetime-within", "interval-value": { func: "datetime-interval-ref", id: "range-dev" } },
        streq("device_type", String(index)),
      ],
    }),
];

export function definitionOf(index: number): object {
  const shape = SHAPES[index % SHAPES.length] ?? (() => ({}));
  return { func: "segment", version: [1, 0, 0], container: shape(index) };
}

export const ENVIRONMENTS = `# Written by hand, beside the program.
base:
  metrics: { orders: orders }
dev:
  extends: base
  dataViews: { web: dv_dev }
  dimensions: { page: page, device: device_type }
  dateRanges: { last: range-dev }
  groups: { analysts: "811000001" }
stage:
  extends: dev
  dataViews: { web: dv_stage }
  dimensions: { page: stage_page }
  dateRanges: { last: range-stage }
  groups: { analysts: "812000001" }
prod:
  extends: stage
  dataViews: { web: dv_prod }
  dimensions: { device: prod_device }
  metrics: { orders: prod_orders }
  groups: { analysts: "813000001" }
`;

/** The same group in each environment, found without the code that is tested. */
export const ANALYSTS = { dev: 811000001, stage: 812000001, prod: 813000001 } as const;

/** The tags of a segment; most have none. */
export const tagsOf = (index: number): string[] => (index % 3 === 1 ? [`kind ${index % 2}`, "promoted"] : []);

/** With whom a segment is shared in an environment, as the emulator's control takes it; some with everybody, most with nobody. */
export function sharesIn(environment: keyof typeof ANALYSTS, index: number) {
  if (index % 4 === 0) return [{ type: "group", to: ANALYSTS[environment] } as const];
  return index % 8 === 2 ? [{ type: "all" } as const] : [];
}

/** What the same definition is in each environment, found without the code that is tested: by text, value by value. */
export const EXPECTED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  stage: { '"name":"variables/page"': '"name":"variables/stage_page"', '"id":"range-dev"': '"id":"range-stage"' },
  prod: {
    '"name":"variables/page"': '"name":"variables/stage_page"',
    '"id":"range-dev"': '"id":"range-stage"',
    '"name":"variables/device_type"': '"name":"variables/prod_device"',
    '"name":"metrics/orders"': '"name":"metrics/prod_orders"',
  },
};

export function expectedIn(environment: string, definition: object): unknown {
  const text = Object.entries(EXPECTED[environment] ?? {}).reduce(
    (json, [from, to]) => json.replaceAll(from, to),
    JSON.stringify(definition),
  );
  return JSON.parse(text) as unknown;
}
