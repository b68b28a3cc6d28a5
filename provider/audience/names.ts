import { bulkGet, inSandbox, MOST_BULK_IDS } from "../http/bulk-get";
import { inParts } from "../http/page-number";
import type { Transport } from "../http/transport";
import { asObject } from "../http/wire-field";

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
    const parts = inParts(ids, MOST_BULK_IDS);
    const found = await Promise.all(parts.map((part) => this.many(sandbox, part)));
    // Where one is not known, each of its hundred is asked for.
    const named = found.flatMap((names) => [...(names ?? [])]);
    const left = parts.filter((_, index) => found[index] === undefined).flat();
    const singly = await Promise.all(left.slice(0, MOST_SINGLE).map((id) => this.one(sandbox, id)));
    return new Map([...named, ...singly.flat()]);
  }

  private async many(sandbox: string, ids: readonly string[]): Promise<ReadonlyMap<string, string> | undefined> {
    const operation = `read the names of ${ids.length} audiences`;
    const what = { operation, path: "/segment/definitions", one: "a segment definition" };
    const results = await bulkGet(this.transport, what, sandbox, ids);
    return results && new Map(ids.flatMap((id) => nameIn(id, results[id])));
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
