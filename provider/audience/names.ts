import { bulkGet, sandboxHeader, MAX_BULK_IDS } from "../http/bulk-get";
import { chunk } from "../http/batcher";
import type { Transport } from "../http/transport";
import { asObject } from "../http/answer-fields";

/** So many are asked for one by one where the service does not answer of several at once. */
const MAX_SINGLE = 20;

/**
 * What audiences are called, which are segment definitions of the platform
 * (https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/segment-definitions). Every sandbox has its own.
 */
export class AudienceNames {
  constructor(private readonly transport: Transport) {}

  /** Names by ID: a request for each hundred. What the service does not know, or does not name, is absent. */
  async findNames(sandbox: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const parts = chunk(ids, MAX_BULK_IDS);
    const found = await Promise.all(parts.map((part) => this.readMany(sandbox, part)));
    // Where one is not known, each of its hundred is asked for.
    const named = found.flatMap((names) => [...(names ?? [])]);
    const unanswered = parts.filter((_, index) => found[index] === undefined).flat();
    const readSingly = await Promise.all(unanswered.slice(0, MAX_SINGLE).map((id) => this.readOne(sandbox, id)));
    return new Map([...named, ...readSingly.flat()]);
  }

  private async readMany(sandbox: string, ids: readonly string[]): Promise<ReadonlyMap<string, string> | undefined> {
    const operation = `read the names of ${ids.length} audiences`;
    const bulkGetOptions = { operation, path: "/segment/definitions", itemName: "a segment definition" };
    const results = await bulkGet(this.transport, bulkGetOptions, sandbox, ids);
    return results && new Map(ids.flatMap((id) => parseName(id, results[id])));
  }

  private async readOne(sandbox: string, id: string): Promise<readonly IdAndName[]> {
    const answer = await this.transport.send({
      operation: `read the name of audience ${id}`,
      method: "GET",
      path: `/segment/definitions/${encodeURIComponent(id)}`,
      headers: sandboxHeader(sandbox),
      repeatable: true,
      acceptedStatuses: [404],
    });
    return answer.status === 404 ? [] : parseName(id, answer.data);
  }
}

type IdAndName = readonly [id: string, name: string];

function parseName(id: string, definition: unknown): IdAndName[] {
  const name = asObject(definition)?.["name"];
  return typeof name === "string" && name !== "" ? [[id, name]] : [];
}
