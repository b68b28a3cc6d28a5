import { measure } from "../../../definition";

const attr = (name: string) => ({ func: "attr", name: `variables/${name}` });
const is = (str: string, name = "page") => ({ func: "streq", str, val: attr(name) });
const inside = (pred: unknown) => ({ func: "container", context: "hits", pred });
const whole = (pred: unknown) => ({ func: "segment", version: [1, 0, 0], container: inside(pred) });
const or = (count: number, entry: (index: number) => unknown) => ({
  func: "or",
  preds: Array.from({ length: count }, (_, index) => entry(index)),
});
const nested = (count: number): unknown => (count === 0 ? is("Home") : inside(nested(count - 1)));
const texts = (count: number) => Array.from({ length: count }, (_, index) => `${index}`);
const number = (index: number) => ({ func: "gt", num: index, val: attr("price") });

/** What stands below the outermost container, one too many, and what is said of that. */
const BEYOND: readonly (readonly [what: string, beyond: unknown, within: unknown, told: string])[] = [
  [
    "containers",
    or(50, (i) => inside(number(i))),
    or(49, (i) => inside(number(i))),
    "51 containers: Adobe's limit for a segment is 50; split it",
  ],
  [
    "containers nested in each other",
    nested(10),
    nested(9),
    "11 containers nested in each other: Adobe's limit for a segment is 10; split it",
  ],
  [
    "components",
    or(26, (i) => (i === 0 ? { func: "event-exists", evt: { func: "event", name: "metrics/d1" } } : is("x", `d${i}`))),
    or(25, (i) => (i === 0 ? { func: "event-exists", evt: { func: "event", name: "metrics/d1" } } : is("x", `d${i}`))),
    "26 different dimensions and metrics: Adobe's limit for a segment is 25; split it",
  ],
  ["rules", or(101, number), or(100, number), "101 conditions: Adobe's limit for a segment is 100; split it"],
  [
    "values of one dimension",
    or(3, (i) => (i === 0 ? { func: "streq-in", list: texts(99), val: attr("page") } : is(`p${i}`))),
    or(2, (i) => (i === 0 ? { func: "streq-in", list: texts(99), val: attr("page") } : is(`p${i}`))),
    "101 values for variables/page: Adobe's limit for a segment is 100 for one dimension; split it",
  ],
];

test.each(BEYOND)("%s beyond Adobe's limit are counted", (_, beyond, within, told) => {
  const said = (pred: unknown) => measure(whole(pred), { maxDepth: 99 }).warnings;
  expect(said(beyond)).toEqual([{ path: "", message: told }]);
  expect(said(within)).toEqual([]);
});

test("what is beyond several limits is told of each", () => {
  const pages = or(201, (i) => is(`Page ${i}`));
  expect(measure(whole(pages)).warnings.map(({ message }) => message.split(":")[0])).toEqual([
    "201 conditions",
    "201 values for variables/page",
  ]);
});

test("other limits may be given", () => {
  const json = whole(or(201, (i) => is(`Page ${i}`)));
  expect(measure(json, { guardrails: { rules: 300, values: 300 } }).warnings).toEqual([]);
  expect(measure(json, { guardrails: { rules: 300, values: undefined } }).warnings).toHaveLength(1);
});
