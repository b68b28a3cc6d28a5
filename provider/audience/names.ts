import { chunk } from "../http/batcher";
import { MAX_BULK_IDS } from "../http/bulk-get";
import type { Audience } from "./audience";
import type { AudiencesClient } from "./client";

/** So many are asked for one by one where the service does not answer of several at once. */
const MAX_SINGLE = 20;

/** Those of the audiences that the service knows, by ID: a request for each hundred, and a few more where it does not know one of them. */
export async function findKnownAudiences(
  client: AudiencesClient,
  sandbox: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Audience>> {
  const parts = chunk(ids, MAX_BULK_IDS);
  const found = await Promise.all(parts.map((part) => client.getMany(sandbox, part)));
  // Where one is not known, each of its hundred is asked for.
  const unanswered = parts.filter((_, index) => found[index] === undefined).flat();
  const readSingly = await Promise.all(unanswered.slice(0, MAX_SINGLE).map((id) => client.get(sandbox, id)));
  const audiences = [...found.flatMap((many) => [...(many?.values() ?? [])]), ...readSingly];
  return new Map(audiences.flatMap((one) => (one ? [[one.id, one] as const] : [])));
}

/** What audiences are called. Every sandbox has its own. */
export class AudienceNames {
  constructor(private readonly client: AudiencesClient) {}

  /** Names by ID. What the service does not know, or does not name, is absent. */
  async findNames(sandbox: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const audiences = await findKnownAudiences(this.client, sandbox, ids);
    return new Map([...audiences].flatMap(([id, { name }]) => (name ? [[id, name] as const] : [])));
  }
}
