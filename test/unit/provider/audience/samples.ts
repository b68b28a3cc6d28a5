// Answers of Adobe's own pages: help/segmentation/api/audiences.md and segment-definitions.md, help/profile/api/merge-policies.md.

const sandbox = {
  sandboxId: "6ed34f6f-fe21-4a30-934f-6ffe21fa3075",
  sandboxName: "prod",
  type: "production",
  default: true,
};
const expression = { type: "PQL", format: "pql/text", value: 'workAddress.country = "US"' };

/** "Create a new audience", the answer. */
export const created = {
  id: "60ccea95-1435-4180-97a5-58af4aa285ab",
  audienceId: "60ccea95-1435-4180-97a5-58af4aa285ab",
  schema: { name: "_xdm.context.profile" },
  ttlInDays: 60,
  profileInstanceId: "ups",
  imsOrgId: "{ORG_ID}",
  sandbox,
  isSystem: false,
  name: "People who ordered in the last 30 days",
  description: "Last 30 days",
  expression,
  mergePolicyId: "ef006bbe-750e-4e81-85f0-0c6902192dcc",
  evaluationInfo: { batch: { enabled: false }, continuous: { enabled: true }, synchronous: { enabled: false } },
  dataGovernancePolicy: { excludeOptOut: true },
  creationTime: 1650374572000,
  updateEpoch: 1650374573,
  updateTime: 1650374573000,
  createEpoch: 1650374572,
  _etag: '"33120d7c-0000-0200-0000-625eb7ad0000"',
  dependents: [],
  definedOn: [{ "meta:resourceType": "unions", $ref: "https://ns.adobe.com/xdm/context/profile__union" }],
  dependencies: [],
  type: "SegmentDefinition",
  originName: "REAL_TIME_CUSTOMER_PROFILE",
  overridePerformanceWarnings: false,
  createdBy: "{CREATED_BY_ID}",
  lifecycleState: "active",
  labels: ["core/C1"],
  namespace: "AEPSegments",
};

/** "Look up a specified audience", externally generated: no origin is named. */
export const external = {
  id: "32a83b5d-a118-4bd6-b3cb-3aee2f4c30a1",
  audienceId: "test-external-audience-id",
  name: "externalSegment1",
  namespace: "aam",
  imsOrgId: "{ORG_ID}",
  sandbox,
  isSystem: false,
  description: "Last 30 days",
  type: "ExternalSegment",
  lifecycleState: "published",
  createdBy: "{CREATED_BY_ID}",
  datasetId: "6254cf3c97f8e31b639fb14d",
  labels: ["core/C1"],
  creationTime: 1642745034000000,
  updateEpoch: 1649926314,
  updateTime: 1649926314000,
};

/** "Create a new segment definition", the answer. */
export const definition = {
  id: "4afe34ae-8c98-4513-8a1d-67ccaa54bc05",
  schema: { name: "_xdm.context.profile" },
  profileInstanceId: "ups",
  imsOrgId: "{ORG_ID}",
  sandbox,
  name: "People who ordered in the last 30 days",
  description: "Last 30 days",
  expression,
  evaluationInfo: { batch: { enabled: true }, continuous: { enabled: false }, synchronous: { enabled: false } },
  dataGovernancePolicy: { excludeOptOut: true },
  creationTime: 0,
  updateEpoch: 1579292094,
  updateTime: 1579292094000,
};

/** "Convert segment definition": a text that holds JSON. */
export const jsonText =
  '{"nodeType":"fnApply","fnName":"=","params":[{"nodeType":"fieldLookup","fieldName":"country","object":{"nodeType":"fieldLookup","fieldName":"workAddress","object":{"nodeType":"parameterReference","position":1}}},{"nodeType":"literal","literalType":"String","value":"US"}]}';

/** "List multiple merge policies by criteria". */
export const mergePolicies = {
  _page: { totalCount: 2, pageSize: 2 },
  children: [
    {
      id: "0bf16e61-90e9-4204-b8fa-ad250360957b",
      name: "Profile Default Merge Policy",
      imsOrgId: "{IMS_ORG}",
      sandbox,
      schema: { name: "_xdm.context.profile" },
      version: 1,
      identityGraph: { type: "none" },
      attributeMerge: { type: "timestampOrdered" },
      default: true,
      updateEpoch: 1552086578,
    },
    {
      id: "42d4a596-b1c6-46c0-994e-ca5ef1f85130",
      name: "Dataset Precedence Merge Policy",
      imsOrgId: "{IMS_ORG}",
      sandbox,
      schema: { name: "_xdm.context.profile" },
      version: 1,
      identityGraph: { type: "pdg" },
      attributeMerge: { type: "dataSetPrecedence", order: ["5b76f86b85d0e00000be5c8b"] },
      default: false,
      isActiveOnEdge: true,
      updateEpoch: 1576099719,
    },
  ],
  _links: { next: { href: "@/mergePolicies?start=K1JJRDpFaWc5&orderBy=&limit=2" } },
};

/** As the service says that it knows no such audience (OpenAPI document). */
export const notFound = {
  requestId: "r-1",
  errors: { "404": [{ code: "UPAPI-113430-404", message: "The audience entity is not found." }] },
  type: "https://ns.adobe.com/aep/errors/UPAPI-113430-404",
  title: "The audience entity is not found. Use a valid entity and try again.",
  status: 404,
};

/** As Adobe's gateway says that there is no such path. */
export const noRoute = { error_code: "404001", message: "Resource not found" };
