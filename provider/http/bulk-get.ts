import type { ApiRequest, Transport } from "./transport";
import { unexpectedAnswerError } from "./unexpected-answer";
import { asObject } from "./answer-fields";

/** The guide names no limit for jobs or audiences; 100 is that of the same service's other bulk-get (UPAPI-113015-400 in the OpenAPI document). */
export const MAX_BULK_IDS = 100;

/** What is read: as an operation names it, where it is, and what one of them is called. */
export interface BulkGet {
  readonly operation: string;
  /** `/segment/jobs` */
  readonly path: string;
  /** `a job` */
  readonly itemName: string;
}

/** Every sandbox of Experience Platform has objects of its own. */
export const sandboxHeader = (sandbox: string) => ({ "x-sandbox-name": sandbox });

/**
 * Reads up to `MAX_BULK_IDS` objects of Experience Platform with one request.
 *
 * @returns by ID, as they are answered; undefined when one of them is not known and none is told: so the same service answers a bulk-get
 *   of other objects (UPAPI-113000-404), whatever else was asked for.
 */
export async function bulkGet(
  transport: Transport,
  { operation, path, itemName }: BulkGet,
  sandbox: string,
  ids: readonly string[],
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const request: ApiRequest = {
    operation,
    method: "POST",
    path: `${path}/bulk-get`,
    headers: sandboxHeader(sandbox),
    body: { ids: ids.map((id) => ({ id })) },
    repeatable: true,
    acceptedStatuses: [404],
  };
  const answer = await transport.send(request);
  if (answer.status === 404) return undefined;
  const results = asObject(asObject(answer.data)?.["results"]);
  if (!results) throw unexpectedAnswerError(request, answer, `an object "results" with ${itemName} for each ID`);
  return results;
}
