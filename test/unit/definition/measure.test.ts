import { fc } from "../../properties";
import { measure } from "../../../definition";
import { definition } from "./arbitrary";
import { positions } from "./positions";

const attr = (name: string) => ({ func: "attr", name: `variables/${name}` });
const is = (str: string, name = "page") => ({ func: "streq", str, val: attr(name) });
const inside = (pred: unknown, context = "hits") => ({ func: "container", context, pred });
const whole = (pred: unknown) => ({ func: "segment", version: [1, 0, 0], container: inside(pred, "visitors") });

test("counts what is there", () => {
  const json = whole({
    func: "and",
    preds: [
      is("Home"),
      { func: "gt", num: 1, val: { func: "total", evt: { func: "event", name: "metrics/orders" } } },
      { func: "ge", num: 2, val: { func: "total-distinct", field: attr("product") } },
      { func: "without", pred: inside(is("Cart")) },
      { func: "datetime-within", "interval-value": { func: "datetime-interval-ref", id: "range-1" } },
      { func: "segment-ref", id: "s1", segmentId: null },
      { func: "range", low: 1, high: null, val: { func: "attr", name: "metrics/revenue" } },
    ],
  });
  expect(measure(json)).toEqual({
    depth: 4,
    conditions: 7,
    dimensions: ["page", "product"],
    metrics: ["orders", "revenue"],
    dateRanges: ["range-1"],
    segments: ["s1"],
    warnings: [],
  });
});

test("warns of deep nesting once, where it begins", () => {
  const nested = (levels: number): unknown => (levels === 0 ? is("Home") : inside(nested(levels - 1)));
  expect(measure(whole(nested(5))).warnings).toEqual([]);
  expect(measure(whole(nested(8))).warnings).toEqual([
    {
      path: "container.pred.pred.pred.pred.pred.pred",
      message: expect.stringContaining("deeper than 6 levels") as string,
    },
  ]);
  expect(measure(whole(nested(1)), { maxDepth: 1 }).warnings).toHaveLength(1);
});

test("warns of what is said twice, however it is spelt, but not of the same step twice", () => {
  const [first, { func, ...rest }] = [is("Home"), is("Home")];
  const preds = [first, is("Cart"), { ...rest, func }];
  expect(measure(whole({ func: "or", preds })).warnings).toEqual([
    { path: "container.pred.preds[2]", message: "says the same as container.pred.preds[0]" },
  ]);
  const steps = [inside(is("Home")), inside(is("Home"))];
  expect(measure(whole({ func: "sequence", stream: steps })).warnings).toEqual([]);
  expect(measure(whole({ func: "sequence-and", checkpoints: steps })).warnings).toEqual([]);
});

test("names every component of every definition", () => {
  fc.assert(
    fc.property(definition, (json) => {
      const names = positions(json).flatMap(({ path, value }) =>
        path.at(-1) === "name" && typeof value === "string" ? [value] : [],
      );
      const { dimensions, metrics } = measure(json);
      const found = [...dimensions.map((id) => `variables/${id}`), ...metrics.map((id) => `metrics/${id}`)];
      expect(new Set(found)).toEqual(new Set(names));
    }),
  );
});

test("takes time in proportion to the size", () => {
  const sized = (count: number) =>
    whole({ func: "or", preds: Array.from({ length: count }, (_, i) => is(`Page ${i}`)) });
  expect(measure(sized(20_000)).conditions).toBe(20_000);
});
