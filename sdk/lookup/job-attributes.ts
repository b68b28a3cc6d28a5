import { nearestArgument } from "../../model/misnamed";

/** What a job has (segment jobs guide, and the schema `SegmentJob` of its OpenAPI document). */
const ATTRIBUTES = [
  "id",
  "imsOrgId",
  "sandbox",
  "profileInstanceId",
  "source",
  "status",
  "batchId",
  "computeJobId",
  "computeGatewayJobId",
  "segments",
  "metrics",
  "errors",
  "requestId",
  "schema",
  "modelName",
  "properties",
  "creationTime",
  "updateTime",
  "updateEpoch",
];

/**
 * The attribute that was meant where a path into a job, or an order, begins with a misspelt one. An attribute that is like none
 * of these passes: the service may know more than its documents tell.
 *
 * @example misspeltAttribute("sorce==scheduler") // { written: "sorce", meant: "source" }
 */
function misspeltAttribute(path: string): { readonly written: string; readonly meant: string } | undefined {
  const written = /^[^.~=:[]*/.exec(path)?.[0].trim() ?? "";
  if (written === "" || ATTRIBUTES.includes(written)) return undefined;
  const meant = nearestArgument(written, ATTRIBUTES);
  return meant === undefined ? undefined : { written, meant };
}

/** A zod check: with a misspelt attribute the service would answer as if nothing were asked, or nothing at all. */
export const ofJob = [
  (path: string): boolean => misspeltAttribute(path) === undefined,
  {
    error: ({ input }: { readonly input?: unknown }): string => {
      const { written, meant } = misspeltAttribute(String(input)) ?? {};
      return `a job has no attribute ${JSON.stringify(written)}; did you mean ${JSON.stringify(meant)}?`;
    },
  },
] as const;
