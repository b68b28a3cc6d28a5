import * as pulumi from "@pulumi/pulumi";
import { callLabel, redactValues } from "../../../../sdk/lookup/lookup-error";

test.each([
  [undefined, "cja.getSegment()"],
  [{}, "cja.getSegment({})"],
  [{ name: "Mobile", dataViewId: undefined, id: null }, 'cja.getSegment({"name":"Mobile"})'],
  [{ tags: ["a", pulumi.output("b")], limit: 3 }, 'cja.getSegment({"tags":["a",…],"limit":3})'],
  [{ limit: NaN }, 'cja.getSegment({"limit":NaN})'],
  [{ id: Promise.resolve("x"), name: { deep: 1n } }, 'cja.getSegment({"id":…,"name":…})'],
  [pulumi.output({}), "cja.getSegment(…)"],
  ["s1", "cja.getSegment(…)"],
])("an error names the call with %p", (args, label) => {
  expect(callLabel("getSegment", args)).toBe(label);
});

test("and no page of it", () => {
  expect(callLabel("getSegment", { name: "x".repeat(5_000) })).toHaveLength("cja.getSegment()".length + 200);
});

test("secret arguments are taken out of an error, as they are and as they are written", () => {
  const text = `no "a\\"b", a"b, a%22b, nor 7 and long, longer in /segments/long`;
  expect(redactValues(text, { name: 'a"b', tags: ["long", "longer"], limit: 7, id: undefined })).toBe(
    'no "[secret]", [secret], [secret], nor 7 and [secret], [secret] in /segments/[secret]',
  );
});
