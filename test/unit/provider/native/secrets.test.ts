import { withMarks, withoutMarks } from "../../../../provider/native/secrets";
import { asSecret } from "../../../../provider/secret-arguments";

const definition = (str: unknown) => ({ container: { pred: { func: "streq", str } } });

test("marks are taken off, and their places noted", () => {
  const { values, secrets } = withoutMarks({
    name: asSecret("a"),
    tags: ["b", asSecret("c")],
    definition: definition(asSecret("d")),
  });
  expect(values).toEqual({ name: "a", tags: ["b", "c"], definition: definition("d") });
  expect(secrets).toEqual([["name"], ["tags", "1"], ["definition", "container", "pred", "str"]]);
});

test("a secret in a secret is one", () => {
  expect(withoutMarks({ a: asSecret({ b: asSecret("c") }) })).toEqual({
    values: { a: { b: "c" } },
    secrets: [["a"], ["a", "b"]],
  });
});

test("marks are put where they were; in a list on the whole, whose places move", () => {
  const secrets = [["name"], ["tags", "1"], ["definition", "container", "pred", "str"]];
  expect(withMarks({ name: "a", tags: ["b", "c"], other: 1, definition: definition("d") }, secrets)).toEqual({
    name: asSecret("a"),
    tags: asSecret(["b", "c"]),
    other: 1,
    definition: definition(asSecret("d")),
  });
});

test("where a place is not there any more, all that it was in is secret", () => {
  const drifted = { container: { pred: { func: "and", preds: ["d"] } } };
  const marked = { container: { pred: asSecret(drifted.container.pred) } };
  expect(withMarks({ definition: drifted }, [["definition", "container", "pred", "str"]])).toEqual({
    definition: marked,
  });
});

test("what is not there at all needs no mark", () => {
  expect(withMarks({ name: "a" }, [["description"]])).toEqual({ name: "a" });
});
