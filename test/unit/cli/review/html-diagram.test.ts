import { describe as describeDefinition } from "../../../../definition";
import { diagram, sidesOf } from "../../../../cli/review/html/definition";
import { definitionReview } from "../../../../cli/review/report/definition-review";
import type { SentenceLine } from "../../../../cli/review/report/report";

const streq = (str: string) => ({ func: "streq", str, val: { func: "attr", name: "variables/page" } });
const hits = (pred: object) => ({ func: "container", context: "hits", pred });
const definition = (pred: object) => ({
  func: "segment",
  version: [1, 0, 0],
  container: { func: "container", context: "visitors", pred },
});
const sequence = (...steps: readonly object[]) => definition({ func: "sequence", stream: steps.map(hits) });

/** The boxes as `mark text`, in the order in which they stand. */
function boxes(before: object | undefined, after: object | undefined): string[] {
  const review = definitionReview(before, after, {});
  const drawn = String(review && diagram(review, "Name", {}));
  const found = drawn.matchAll(/<li class="box (\w+)[^"]*">(.*?)(?=<[uo]l|<\/li>)/gs);
  return [...found].map(([, mark, text]) => `${mark} ${plain(text ?? "")}`);
}
const plain = (text: string): string =>
  text
    .replace(/<span class="(sign|unseen)"[^>]*>[^<]*<\/span>/g, "")
    .replace(/<[^>]*>/g, "")
    .replace(/&quot;/g, '"');

describe("a diagram", () => {
  test("has a box for each line of the sentence, and marks those that go and come", () => {
    const before = sequence(streq("Home"), { func: "or", preds: [streq("Cart"), streq("Basket")] });
    const after = sequence(streq("Home"), { func: "or", preds: [streq("Cart"), streq("Wagon")] });
    expect(boxes(before, after)).toEqual([
      "kept Persons where these steps happen in order",
      'kept first, Events where page is "Home"',
      "kept then, Events where any of",
      'kept page is "Cart"',
      'removed page is "Basket"',
      "kept Persons where these steps happen in order",
      'kept first, Events where page is "Home"',
      "kept then, Events where any of",
      'kept page is "Cart"',
      'added page is "Wagon"',
    ]);
  });

  test("of what is new or goes has no marks", () => {
    const one = sequence(streq("Home"), streq("Cart"));
    const lines = ["kept Persons where these steps happen in order", /^kept first/, /^kept then/];
    for (const drawn of [boxes(one, undefined), boxes(undefined, one)]) {
      expect(drawn).toHaveLength(lines.length);
      drawn.forEach((box, index) => expect(box).toMatch(lines[index] ?? ""));
    }
  });

  test("cuts texts that the sentence has whole, and no character in half", () => {
    const value = "😀".repeat(300);
    const [box = ""] = boxes(undefined, definition(streq(value)));
    expect(describeDefinition(definition(streq(value)))).toContain(value);
    expect(box).toMatch(/😀…$/);
    expect(box).not.toMatch(/\\u/);
    expect([...box].length).toBeLessThan(180);
  });

  test("is not drawn of what is known only later", () => {
    expect(diagram({ lines: [], changes: [], after: "(known after up)" }, "Name", {})).toBeUndefined();
  });
});

describe("lines beside each other", () => {
  const line = (sign: string): SentenceLine => ({
    is: sign.startsWith("-") ? "removed" : sign.startsWith("+") ? "added" : "kept",
    text: sign,
  });
  const rows = (...signs: readonly string[]) => {
    const { before, after } = sidesOf(signs.map(line));
    expect(before.length).toBe(after.length);
    return before.map((cell, index) => `${cell?.text ?? ""}|${after[index]?.text ?? ""}`);
  };

  test.each([
    [[], []],
    [["a"], ["a|a"]],
    [["-a", "+b"], ["-a|+b"]],
    [
      ["-a", "-b", "+c", "d"],
      ["-a|+c", "-b|", "d|d"],
    ],
    [
      ["+a", "+b", "-c"],
      ["-c|+a", "|+b"],
    ],
    [
      ["+a", "b", "-c", "d"],
      ["|+a", "b|b", "-c|", "d|d"],
    ],
  ])("%j", (signs, wanted) => {
    expect(rows(...signs)).toEqual(wanted);
  });
});
