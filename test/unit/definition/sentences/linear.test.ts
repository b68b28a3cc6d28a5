import { describe as sentence, explainChange, toMermaid } from "../../../../definition";
import { around, page, sequenceOf } from "../samples";
import { and, hits, or } from "./rows";

// What is measured is the growth; a slow machine may take its time.
jest.setTimeout(60_000);

const condition = (index: number) => ({
  func: "streq",
  str: `v${index}`,
  val: { ...page, name: `variables/d${index % 97}` },
});
const conditions = (count: number) => Array.from({ length: count }, (_, index) => condition(index));

/** Processor time of the fastest of some runs, in microseconds: what another process takes away is not in it. */
function cost(run: () => void): number {
  const once = () => {
    const start = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };
  return Math.min(...Array.from({ length: 3 }, once));
}

const SHAPES: readonly (readonly [name: string, of: (count: number) => unknown])[] = [
  ["one list", (count) => around(and(...conditions(count)))],
  ["many lists", (count) => around(and(...Array.from({ length: count / 10 }, () => or(...conditions(10)))))],
  ["many containers", (count) => around(or(...conditions(count).map((pred) => hits(pred))))],
  ["one list in another, deep", (count) => deep(count / 20, 20)],
  ["one sequence", (count) => sequenceOf(...conditions(count).map((pred) => hits(pred)))],
];

function deep(each: number, levels: number): Record<string, unknown> {
  const pred = Array.from({ length: levels }).reduce<unknown>(
    (inner, _, level) => ({ func: level % 2 === 0 ? "and" : "or", preds: [...conditions(each), inner] }),
    condition(0),
  );
  return around(pred);
}

// Ten times as much takes ten times as long, and a hundred times where every condition is compared with every other.
const MOST = 40;

test.each(SHAPES)("a sentence of ten times the size takes about ten times as long: %s", (_, of) => {
  const [small, big] = [of(500), of(5_000)];
  expect(sentence(big).split("\n").length).toBeGreaterThan(5_000);
  expect(cost(() => sentence(big)) / cost(() => sentence(small))).toBeLessThan(MOST);
});

test.each(SHAPES)("so do a diagram, and the changes: %s", (_, of) => {
  const [small, big] = [of(200), of(2_000)];
  expect(cost(() => toMermaid(big)) / cost(() => toMermaid(small))).toBeLessThan(MOST);
  const [smaller, bigger] = [of(220), of(2_020)];
  const changes = cost(() => explainChange(big, bigger)) / cost(() => explainChange(small, smaller));
  expect(changes).toBeLessThan(MOST);
});

test("ten times as many conditions, all of them changed, take about ten times as long", () => {
  const of = (count: number, end: string) =>
    around(and(...Array.from({ length: count }, (_, index) => ({ func: "streq", str: `v${index}${end}`, val: page }))));
  const compare = (count: number) => {
    const [before, after] = [of(count, ""), of(count, "x")];
    expect(explainChange(before, after)).toHaveLength(count);
    return cost(() => explainChange(before, after));
  };
  expect(compare(2_000) / compare(200)).toBeLessThan(MOST);
});
