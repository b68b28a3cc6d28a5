import { uuidOf } from "../identifiers";
import type { JsonObject } from "../json";
import { sandboxAnswer } from "../platform";
import type { Tenant } from "../tenant";
import { writeJson } from "../../definition/json";
import { evaluations, isOfSegmentationService, type AudienceRecord } from "./audience";
import { References } from "./references";

/** An audience as `/segment/definitions` shows it, in the order of the guide's samples. */
export function definitionAnswer(audience: AudienceRecord, { identity }: Tenant): JsonObject {
  const { id, name, description, expression, mergePolicyId, ttlInDays } = audience;
  return {
    ...{ id, schema: { name: audience.schemaName }, profileInstanceId: "ups", imsOrgId: identity.orgId },
    sandbox: sandboxAnswer(audience.sandbox),
    ...{ name, description, expression, mergePolicyId },
    evaluationInfo: evaluationInfo(audience),
    dataGovernancePolicy: { excludeOptOut: true },
    ...(ttlInDays !== null && { ttlInDays }),
    ...times(audience),
  };
}

/** An audience as `/audiences` shows it. */
export function audienceAnswer(
  audience: AudienceRecord,
  tenant: Tenant,
  references = new References(tenant.store),
): JsonObject {
  return isOfSegmentationService(audience)
    ? platformAudience(audience, tenant, references)
    : externalAudience(audience, tenant);
}

function platformAudience(audience: AudienceRecord, tenant: Tenant, references: References): JsonObject {
  const { creationTime, updateEpoch, updateTime, ...content } = definitionAnswer(audience, tenant);
  const union = `https://ns.adobe.com/xdm/${audience.schemaName.split(".").slice(1).join("/")}__union`;
  return {
    ...content,
    audienceId: audience.audienceId,
    isSystem: false,
    ...{ creationTime, updateEpoch, updateTime, createEpoch: Math.floor(audience.created / 1000) },
    _etag: etagOf(audience),
    dependents: references.dependentsOf(audience),
    definedOn: [{ "meta:resourceType": "unions", "meta:containerId": "tenant", $ref: union }],
    dependencies: references.dependenciesOf(audience),
    ...{ type: "SegmentDefinition", originName: audience.originName, overridePerformanceWarnings: false },
    ...whoAndState(audience, tenant),
    namespace: "AEPSegments",
    ...audience.kept,
  };
}

function externalAudience(audience: AudienceRecord, tenant: Tenant): JsonObject {
  const { id, audienceId, name, description, originName } = audience;
  return {
    ...{ id, audienceId, name, namespace: namespaces[originName] ?? "AEPSegments" },
    ...{ imsOrgId: tenant.identity.orgId, sandbox: sandboxAnswer(audience.sandbox), isSystem: false },
    ...{ description, type: "ExternalSegment", originName },
    ...whoAndState(audience, tenant),
    _etag: etagOf(audience),
    ...times(audience),
    createEpoch: Math.floor(audience.created / 1000),
  };
}

const namespaces: Partial<Record<AudienceRecord["originName"], string>> = {
  AUDIENCE_ORCHESTRATION: "AO",
  AUDIENCE_MANAGER: "AAM",
  CUSTOM_UPLOAD: "aam",
};

function whoAndState({ createdById, lifecycleState, labels }: AudienceRecord, { store, switches }: Tenant): JsonObject {
  const oldWord = switches.audiences.oldStates && lifecycleState === "published";
  return {
    createdBy: store.people.get(createdById)?.imsUserId ?? "",
    lifecycleState: oldWord ? "active" : lifecycleState,
    labels: [...labels],
  };
}

function evaluationInfo({ evaluation }: AudienceRecord): JsonObject {
  return Object.fromEntries(evaluations.map((name) => [name, { enabled: name === evaluation }]));
}

function times({ created, modified }: AudienceRecord): JsonObject {
  const updateEpoch = Math.floor(modified / 1000);
  return { creationTime: created, updateEpoch, updateTime: updateEpoch * 1000 };
}

/** Another one after each change. */
const etagOf = (audience: AudienceRecord): string => `"${uuidOf(writeJson(audience))}"`;
