import { z } from "zod";
import { idText as anyText } from "../http/id-text";
import type { ApiRequest, Transport } from "../http/transport";
import { entries, MOST_COMPONENTS, refusals, SEGMENT } from "./component-metadata";
import type { PageNumber } from "../http/page-number";
import { pagesOf } from "../http/pager";
import { isNumber, type Share } from "./share";
import { unexpected } from "../http/unexpected-answer";
import { present } from "../http/wire-field";

/** All shares that a segment shall have. */
export interface SharesOfSegment {
  readonly id: string;
  readonly shares: readonly Share[];
}

const idText = anyText.pipe(z.string().min(1));
const share = z
  .looseObject({
    shareToType: z.string(),
    shareToImsId: idText.nullish(),
    shareToId: idText.nullish(),
    accessLevel: z.string().nullish(),
    shareToDisplayName: z.string().nullish(),
  })
  .transform((s): Share =>
    present<Share>({
      to: s.shareToType,
      ids: [s.shareToImsId, s.shareToId].filter((id) => typeof id === "string"),
      access: s.accessLevel ?? undefined,
      name: s.shareToDisplayName ?? undefined,
    }),
  );
const found = z.looseObject({ componentId: z.string(), shares: z.array(share).nullish() });

/** Shares of segments (https://developer.adobe.com/cja-apis/docs/endpoints/componentmetadata/shares/). */
export class SharesClient {
  constructor(private readonly transport: Transport) {}

  /** Up to a hundred segments with their shares. Of one that has none the answer may be silent. `named`: with the names of users and groups. */
  async of(ids: readonly string[], { named = false } = {}): Promise<ReadonlyMap<string, readonly Share[]>> {
    const shares = new Map<string, readonly Share[]>(ids.map((id) => [id, []]));
    const request: ApiRequest = {
      operation:
        ids.length === 1 ? `read the shares of segment ${ids[0]}` : `read the shares of ${ids.length} segments`,
      method: "POST",
      path: "/componentmetadata/shares/component/search",
      body: { componentType: SEGMENT, componentIds: ids },
      repeatable: true,
    };
    const expansion = named ? { expansion: "sharesFullName" } : {};
    const ask = async (place: PageNumber) => {
      const answer = await this.transport.send({
        ...request,
        query: { ...expansion, limit: place.limit, page: place.page },
      });
      const listed = entries(answer, place);
      const parsed = z.array(found).safeParse(listed?.items);
      if (!listed || !parsed.success) throw unexpected(request, answer, "a list of segments with their shares");
      return { ...listed, items: parsed.data };
    };
    const first: PageNumber = { page: 0, limit: MOST_COMPONENTS };
    const missing = new Set(ids);
    for await (const { items } of pagesOf({ request, first, ask, idOf: ({ componentId }) => componentId })) {
      for (const item of items) shares.set(item.componentId, item.shares ?? []);
      for (const { componentId } of items) missing.delete(componentId);
      if (missing.size === 0) break;
    }
    return shares;
  }

  /**
   * Gives segments their shares and takes all others away.
   *
   * @returns the segments that the service refused, with its reason.
   */
  async replace(items: readonly SharesOfSegment[]): Promise<ReadonlyMap<string, string>> {
    const request: ApiRequest = {
      operation: items.length === 1 ? `share segment ${items[0]?.id}` : `share ${items.length} segments`,
      method: "PUT",
      path: "/componentmetadata/shares",
      body: items.map(({ id, shares }) => ({ componentType: SEGMENT, componentId: id, shares: shares.map(wanted) })),
      repeatable: true,
    };
    const answer = await this.transport.send(request);
    const refused = refusals(
      answer,
      items.map(({ id }) => id),
    );
    if (!refused) throw unexpected(request, answer, "a list of segments, each with its outcome");
    return refused;
  }
}

/** Users and groups have an IMS ID; a plain number is the older kind of ID, which the page's own example sends. */
function wanted({ to, ids: [id], access }: Share) {
  const whom = id === undefined ? {} : isNumber(id) ? { shareToId: Number(id) } : { shareToImsId: id };
  return { shareToType: to, ...whom, ...(access !== undefined && { accessLevel: access }) };
}
