import { UNKNOWN } from "../../../../model/is-unknown";
import { isUnknown } from "../../../../provider/unknown-values";
import { diff, updatingArguments } from "../../../../provider/audience/diff";
import { plannedState } from "../../../../provider/audience/plan";
import type { AudienceState } from "../../../../provider/audience/state";

const at = { orgId: "ORG@AdobeOrg", sandbox: "prod" };
const inputs = { name: "At home", expression: 'a = "b"' };
const state: AudienceState = {
  ...{ ...inputs, description: "", evaluation: "batch", schemaName: "_xdm.context.profile", sandboxName: "prod" },
  ...{ lifecycle: "published", labels: ["C1"], mergePolicyId: "mp", mergePolicy: "Default", modified: "2026" },
  unsaid: ["description", "evaluation", "schemaName", "lifecycle", "mergePolicyId"],
};

describe("the plan of a new one", () => {
  test("knows what the program says, and not what the service will say", () => {
    const planned = plannedState({ ...inputs, labels: ["C1"] }, undefined, at);
    expect(planned).toMatchObject({ ...inputs, labels: ["C1"], orgId: at.orgId, sandboxName: "prod" });
    const unknown = Object.keys(planned).filter((name) => isUnknown(planned[name]));
    expect(unknown).toEqual([
      ...["mergePolicyId", "lifecycle", "ttlInDays", "originName", "created", "modified", "createdBy"],
    ]);
  });

  test("knows the sandbox that the program says, and the ID of a merge policy that it gives", () => {
    expect(plannedState({ ...inputs, sandbox: "dev", mergePolicyId: "mp" }, undefined, at)).toMatchObject({
      sandboxName: "dev",
      mergePolicyId: "mp",
    });
  });
});

test.each<[string, object, readonly string[]]>([
  ["nothing", {}, []],
  ["what leaving it out means", { description: "", evaluation: "batch", schemaName: "_xdm.context.profile" }, []],
  ["what the service has anyway", { lifecycle: "published" }, []],
  ["labels in another order", { labels: ["C1"] }, []],
  ["a name", { name: "Away" }, ["name"]],
  ["an expression", { expression: 'a = "c"' }, ["expression"]],
  ["an expression of what is not known yet", { expression: { nodeType: "literal", value: UNKNOWN } }, ["expression"]],
  ["a description", { description: "US" }, ["description"]],
  ["a description that is not known yet", { description: UNKNOWN }, ["description"]],
  ["another merge policy", { mergePolicy: "Datasets" }, ["mergePolicy"]],
  ["no merge policy any more", { mergePolicy: undefined }, ["mergePolicy"]],
  ["the ID of one", { mergePolicy: undefined, mergePolicyId: "other" }, ["mergePolicyId", "mergePolicy"]],
  ["labels that are managed no longer", { labels: undefined }, ["labels"]],
  ["a policy", { deletionPolicy: "retain" }, ["deletionPolicy"]],
  ["the policy that leaving it out means", { deletionPolicy: "delete" }, []],
  ["what says how it is made", { adoptId: "x", replaceWithNewId: true }, []],
])("a change of %s changes %p", (_what, change, changed) => {
  const news = { ...inputs, labels: ["C1"], mergePolicy: "Default", ...change };
  expect(updatingArguments(state, news)).toEqual(changed);
  expect(diff(state, news, "prod").kind).toBe(changed.length === 0 ? "same" : "update");
});

test.each<[string, object, string, object]>([
  ["schema", { schemaName: "_xdm.context.account" }, "prod", { replaces: ["schemaName"] }],
  ["sandbox", { sandbox: "dev" }, "prod", { replaces: ["sandbox"] }],
  ["default sandbox", {}, "dev", { replaces: ["sandbox"], withoutInputChange: true }],
  ["schema and sandbox", { schemaName: UNKNOWN, sandbox: UNKNOWN }, "prod", { replaces: ["schemaName", "sandbox"] }],
])("another %s is another audience", (_what, change, sandbox, expected) => {
  expect(diff(state, { ...inputs, ...change }, sandbox)).toEqual({ kind: "replace", ...expected });
});

test("the plan of a change keeps what it does not touch, and does not know when it is done", () => {
  const news = { ...inputs, name: "Away", labels: ["C1"], mergePolicy: "Datasets" };
  expect(plannedState(news, state, at)).toMatchObject({
    ...{ name: "Away", lifecycle: "published", mergePolicy: "Datasets" },
    ...{ modified: UNKNOWN, mergePolicyId: UNKNOWN, sandboxName: "prod" },
  });
  expect(plannedState({ ...news, name: inputs.name, mergePolicy: "Default" }, state, at)).toMatchObject({
    modified: "2026",
    mergePolicyId: "mp",
  });
});
