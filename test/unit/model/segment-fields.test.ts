import type * as pulumi from "@pulumi/pulumi";
import { omit, pick } from "../../../model/fields";
import {
  ANSWER_FIELDS,
  BODY_FIELDS,
  CLEARED_FIELDS,
  isSameValue,
  TEXT_FIELDS,
  SEGMENT_ARGUMENTS,
  SEGMENT_OUTPUTS,
  SHOWN_FIELDS,
  SERVICE_FIELDS,
  type SegmentInputs,
} from "../../../model/segment-field-lists";
import { SEGMENT_TABLE } from "../../../model/segment-fields";
import type { FoundSegment } from "../../../provider/segment/lookup";
import type { GetSegmentResult, Segment as SegmentClass, SegmentArgs } from "../../../sdk";

type Same<A, B> = [A, B] extends [B, A] ? true : never;
type Declared = Exclude<keyof SegmentClass, keyof pulumi.CustomResource>;

/** What has docstrings stands in sdk/ as well: this does not compile where it lacks a field of the table, or has one more. */
const sdkHasTheFields: readonly true[] = [
  true satisfies Same<keyof SegmentArgs, keyof SegmentInputs>,
  true satisfies Same<Declared, (typeof SEGMENT_OUTPUTS)[number]>,
  true satisfies Same<keyof GetSegmentResult, keyof FoundSegment>,
];

test("the classes and the table have the same fields", () => {
  expect(sdkHasTheFields).toEqual([true, true, true]);
});

test("what is required comes first in the arguments", () => {
  expect(SEGMENT_ARGUMENTS.slice(0, 4)).toEqual(["name", "dataViewId", "definition", "description"]);
});

test("the lists are the rows that their names say", () => {
  const names = Object.entries(SEGMENT_TABLE);
  expect(BODY_FIELDS).toEqual(["name", "description", "dataViewId", "definition"]);
  expect(TEXT_FIELDS).toEqual(["name", "description", "dataViewId"]);
  expect(SHOWN_FIELDS).toEqual([...TEXT_FIELDS, "deletionPolicy"]);
  expect(CLEARED_FIELDS).toEqual(["description"]);
  expect(SERVICE_FIELDS).toContain("orgId");
  expect(ANSWER_FIELDS).toEqual(names.filter(([, row]) => "names" in row).map(([name]) => name));
});

test("only and without part the fields of an object, and leave out what is not there", () => {
  const segment = { name: "Mobile", dataViewId: "dv", description: undefined, id: "s1" };
  expect(pick(segment, ["name", "description"])).toEqual({ name: "Mobile" });
  expect(omit(segment, ["name", "description", "dataViewId"])).toEqual({ id: "s1" });
});

test.each([
  ["description", undefined, "", true],
  ["description", undefined, "of the web", false],
  ["deletionPolicy", "delete", undefined, true],
  ["deletionPolicy", "retain", undefined, false],
  ["name", undefined, "", false],
] as const)("%s: %p and %p are the same: %p", (name, one, other, same) => {
  expect(isSameValue(name, one, other)).toBe(same);
});
