import { uuidOf } from "../identifiers";
import type { JsonObject } from "../json";
import { sandboxAnswer, sandboxes } from "../platform";

/** How a sandbox merges what it knows of a person. */
export interface MergePolicy {
  readonly id: string;
  readonly name: string;
  readonly sandbox: string;
  /** The XDM class that it is for, as `"_xdm.context.profile"`. */
  readonly schemaName: string;
  /** Whether it is the one that holds where none is named, among those for its class. */
  readonly isDefault: boolean;
  /** At most one of a sandbox is. */
  readonly isActiveOnEdge: boolean;
  /** How it chooses between values. */
  readonly attributeMerge: "timestampOrdered" | "dataSetPrecedence";
  /** Milliseconds since 1970. */
  readonly updated: number;
}

/** The XDM class of people, which audiences are about unless they say otherwise. */
export const profileSchema = "_xdm.context.profile";

const since = Date.UTC(2023, 5, 1);

/** What each sandbox has at the start: the names of Adobe's samples, and IDs of its own. */
export function defaultMergePolicies(): MergePolicy[] {
  return sandboxes.flatMap((sandbox) => [
    mergePolicy(sandbox, { name: "Profile Default Merge Policy", isDefault: true, isActiveOnEdge: true }),
    mergePolicy(sandbox, { name: "Dataset Precedence Merge Policy", attributeMerge: "dataSetPrecedence" }),
  ]);
}

export function mergePolicy(sandbox: string, fields: Partial<MergePolicy> & Pick<MergePolicy, "name">): MergePolicy {
  return {
    id: uuidOf(`merge policy ${fields.name} of ${sandbox}`),
    sandbox,
    schemaName: profileSchema,
    isDefault: false,
    isActiveOnEdge: false,
    attributeMerge: "timestampOrdered",
    updated: since,
    ...fields,
  };
}

/** It as the samples of https://experienceleague.adobe.com/en/docs/experience-platform/profile/api/merge-policies have it. */
export function mergePolicyAnswer(policy: MergePolicy, orgId: string): JsonObject {
  const { id, name, sandbox, schemaName, isDefault, isActiveOnEdge, attributeMerge, updated } = policy;
  const byDataset = attributeMerge === "dataSetPrecedence";
  return {
    ...{ id, name, imsOrgId: orgId, sandbox: sandboxAnswer(sandbox), schema: { name: schemaName }, version: 1 },
    identityGraph: { type: byDataset ? "pdg" : "none" },
    attributeMerge: { type: attributeMerge, ...(byDataset && { order: ["5b76f86b85d0e00000be5c8b"] }) },
    ...{ isActiveOnEdge, default: isDefault, updateEpoch: Math.floor(updated / 1000) },
  };
}
