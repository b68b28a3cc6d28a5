import type { JsonObject } from "../json";
import { sandboxAnswer } from "../platform";

/** An audience of the platform: a segment definition in one of its sandboxes. Times are ms since 1970. */
export interface AudienceRecord {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly sandbox: string;
  readonly created: number;
}

/** It as the OpenAPI document's sample has it. */
export function definitionAnswer(
  { id, name, description, sandbox, created }: AudienceRecord,
  orgId: string,
): JsonObject {
  const updateEpoch = Math.floor(created / 1000);
  return {
    ...{ id, schema: { name: "_xdm.context.profile" }, profileInstanceId: "ups", imsOrgId: orgId },
    sandbox: sandboxAnswer(sandbox),
    ...{ name, description },
    expression: { type: "PQL", format: "pql/text", value: 'workAddress.country = "US"' },
    evaluationInfo: { batch: { enabled: true }, continuous: { enabled: false }, synchronous: { enabled: false } },
    dataGovernancePolicy: { excludeOptOut: true },
    ...{ creationTime: created, updateEpoch, updateTime: updateEpoch * 1000 },
  };
}
