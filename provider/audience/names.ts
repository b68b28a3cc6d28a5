import type { ApiRequest, Transport } from "../http/transport";
import { unexpected } from "../http/unexpected-answer";
import { asObject } from "../http/wire-field";

/** Of the same service's other bulk-gets (UPAPI-113015-400 in the OpenAPI document). */
const MOST_IDS = 100;
/** So many are asked for one by one where the service does not answer of several at once. */
const MOST_SINGLE = 20;

/**
 * What audiences are called, which are segment definitions of the platform
 * (https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-definitions). Every sandbox has its own.
 */
export class AudienceNames {
  constructor(private readonly transport: Transport) {}

  /** Names by ID: a request for each hundred. What the service does not know, or does not name, is absent. */
  async of(sandbox: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const parts = Array.from({ length: Math.ceil(ids.length / MOST_IDS) }, (_, part) =>
      ids.slice(part * MOST_IDS, (part + 1) * MOST_IDS),
    );
    const found = await Promise.all(parts.map((part) => this.many(sandbox, part)));
    if (!found.includes(undefined)) return new Map(found.flatMap((names) => [...(names ?? [])]));
    // One that is gone ends the bulk-get of other objects of this service with 404 (UPAPI-113000-404), whatever else was asked for.
    const named = found.flatMap((names) => [...(names ?? [])]);
    const left = parts.filter((_, index) => found[index] === undefined).flat();
    const singly = await Promise.all(left.slice(0, MOST_SINGLE).map((id) => this.one(sandbox, id)));
    return new Map([...named, ...singly.flat()]);
  }

  /** @returns undefined where one of them is not known and none is told. */
  private async many(sandbox: string, ids: readonly string[]): Promise<ReadonlyMap<string, string> | undefined> {
    const request: ApiRequest = {
      operation: `read the names of ${ids.length} audiences`,
      method: "POST",
      path: "/segment/definitions/bulk-get",
      headers: inSandbox(sandbox),
      body: { ids: ids.map((id) => ({ id })) },
      repeatable: true,
      accept: [404],
    };
    const answer = await this.transport.send(request);
    if (answer.status === 404) return undefined;
    const results = asObject(asObject(answer.data)?.["results"]);
    if (!results) throw unexpected(request, answer, 'an object "results" with a segment definition for each ID');
    return new Map(ids.flatMap((id) => nameIn(id, results[id])));
  }

  private async one(sandbox: string, id: string): Promise<readonly Named[]> {
    const answer = await this.transport.send({
      operation: `read the name of audience ${id}`,
      method: "GET",
      path: `/segment/definitions/${encodeURIComponent(id)}`,
      headers: inSandbox(sandbox),
      repeatable: true,
      accept: [404],
    });
    return answer.status === 404 ? [] : nameIn(id, answer.data);
  }
}

type Named = readonly [id: string, name: string];

function nameIn(id: string, definition: unknown): Named[] {
  const name = asObject(definition)?.["name"];
  return typeof name === "string" && name !== "" ? [[id, name]] : [];
}

const inSandbox = (sandbox: string) => ({ "x-sandbox-name": sandbox });
