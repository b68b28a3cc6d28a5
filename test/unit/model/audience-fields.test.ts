import type * as pulumi from "@pulumi/pulumi";
import {
  AUDIENCE_ARGUMENTS,
  AUDIENCE_BODY_FIELDS,
  AUDIENCE_OUTPUTS,
  AUDIENCE_SERVICE_FIELDS,
  isSameAudienceValue,
  type AudienceInputs,
} from "../../../model/audience-field-lists";
import type { Audience, AudienceArgs } from "../../../sdk";

type Same<A, B> = [A, B] extends [B, A] ? true : never;
type Declared = Exclude<keyof Audience, keyof pulumi.CustomResource>;

/** What has docstrings stands in sdk/ as well: this does not compile where it lacks a field of the table, or has one more. */
const sdkHasTheFields: readonly true[] = [
  true satisfies Same<keyof AudienceArgs, keyof AudienceInputs>,
  true satisfies Same<Declared, (typeof AUDIENCE_OUTPUTS)[number]>,
];

test("the class and the table have the same fields", () => {
  expect(sdkHasTheFields).toEqual([true, true]);
});

test("what is required comes first in the arguments", () => {
  expect(AUDIENCE_ARGUMENTS.slice(0, 3)).toEqual(["name", "expression", "description"]);
});

test("the body has what the service keeps, with the ID of the merge policy in place of its name", () => {
  expect(AUDIENCE_BODY_FIELDS).toEqual([
    ...["name", "description", "expression", "evaluation", "mergePolicyId", "schemaName"],
    ...["lifecycle", "labels", "ttlInDays"],
  ]);
});

test("the outputs are what the program says and keeps, and what only the service says", () => {
  expect(AUDIENCE_OUTPUTS).toEqual(
    expect.arrayContaining([...AUDIENCE_BODY_FIELDS, "mergePolicy", "deletionPolicy", ...AUDIENCE_SERVICE_FIELDS]),
  );
  expect(AUDIENCE_OUTPUTS).not.toContain("adoptId");
});

test.each([
  ["description", undefined, "", true],
  ["description", undefined, "at home", false],
  ["evaluation", undefined, "batch", true],
  ["evaluation", undefined, "streaming", false],
  ["schemaName", "_xdm.context.profile", undefined, true],
  ["labels", ["C1", "C2"], ["C2", "C1"], true],
  ["labels", ["C1"], ["C1", "C2"], false],
  ["labels", undefined, [], false],
  ["lifecycle", undefined, "draft", false],
  ["deletionPolicy", "delete", undefined, true],
] as const)("%s: %p and %p are the same: %p", (name, one, other, same) => {
  expect(isSameAudienceValue(name, one, other)).toBe(same);
});
