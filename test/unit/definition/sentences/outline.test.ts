import { fc, samples } from "../../../properties";
import { outline, parse } from "../../../../definition";
import type { OutlineLine } from "../../../../definition";
import { definition } from "../arbitrary";
import { positions, written } from "../positions";
import { around, exists, sequenceOf, step } from "../samples";
import { and, exclude, hits, home, or } from "./rows";

const line = (role: OutlineLine["role"], text: string, path: string, ...children: OutlineLine[]) => ({
  text,
  path,
  role,
  children,
});

test("lines have the paths at which they were written, however the lists are nested", () => {
  expect(outline(around(and(exists, and(or(and(home)), exists))))).toEqual(
    line(
      "definition",
      "Sessions where all of:",
      "",
      line("item", "page exists", "container.pred.preds[0]"),
      line("item", 'page is "Home"', "container.pred.preds[1].preds[0].preds[0].preds[0]"),
      line("item", "page exists", "container.pred.preds[1].preds[1]"),
    ),
  );
});

test("steps have the paths of their containers, and what stands alone its own", () => {
  const group = { func: "sequence-and", checkpoints: [step, hits(home)] };
  const within = { func: "time-restriction", limit: "within", count: 3, unit: "day" };
  expect(outline(sequenceOf(exclude, step, group, within))).toEqual(
    line(
      "definition",
      "Sessions where these steps happen in order:",
      "",
      line("step", "never before the next step, Events where page exists", "container.pred.stream[1]"),
      line(
        "step",
        "first, all of these steps, in any order:",
        "container.pred.stream[2]",
        line("item", "Events where page exists", "container.pred.stream[2].checkpoints[0]"),
        line("item", 'Events where page is "Home"', "container.pred.stream[2].checkpoints[1]"),
      ),
      line("step", "and at the end, within 3 days", "container.pred.stream[3]"),
    ),
  );
});

test("a mistake of parse is at a line's path or inside it", () => {
  const json = around(and(exists, { func: "streq", str: 5, val: { func: "attr", name: "page" } }));
  const [first] = parse(json).errors;
  const lines = outline(json).children.map(({ path }) => path);
  expect(lines.filter((path) => first?.path.startsWith(path))).toEqual(["container.pred.preds[1]"]);
});

test("every path is one of the definition", () => {
  fc.assert(
    fc.property(definition, (json) => {
      const paths = new Set(positions(json).map(({ path }) => written(path)));
      const check = ({ path, children }: OutlineLine): void => {
        expect(paths).toContain(path);
        children.forEach(check);
      };
      check(outline(json));
    }),
    { numRuns: samples(300) },
  );
});
