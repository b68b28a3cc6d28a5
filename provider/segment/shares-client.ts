import { z } from "zod";
import type { ApiRequest, Transport } from "../http/transport";
import { parseSearchPage, MAX_COMPONENTS, parseRefusals, SEGMENT_TYPE } from "./tags-and-shares-answers";
import type { PageNumber } from "../http/numbered-pages";
import { pagesOf } from "../http/pager";
import { isNumericId, type Share } from "./share";
import { unexpectedAnswerError } from "../http/unexpected-answer";
import { idText, withoutUndefined } from "../http/answer-fields";

/** All shares that a segment shall have. */
export interface SegmentShares {
  readonly id: string;
  readonly shares: readonly Share[];
}

const nonEmptyId = idText.pipe(z.string().min(1));
const shareSchema = z
  .looseObject({
    shareToType: z.string(),
    shareToImsId: nonEmptyId.nullish(),
    shareToId: nonEmptyId.nullish(),
    accessLevel: z.string().nullish(),
    shareToDisplayName: z.string().nullish(),
  })
  .transform((s): Share =>
    withoutUndefined<Share>({
      to: s.shareToType,
      ids: [s.shareToImsId, s.shareToId].filter((id) => typeof id === "string"),
      access: s.accessLevel ?? undefined,
      name: s.shareToDisplayName ?? undefined,
    }),
  );
const componentSchema = z.looseObject({ componentId: z.string(), shares: z.array(shareSchema).nullish() });

/** Shares of segments (https://developer.adobe.com/cja-apis/docs/endpoints/componentmetadata/shares/). */
export class SharesClient {
  constructor(private readonly transport: Transport) {}

  /** Up to a hundred segments with their shares. Of one that has none the answer may be silent. `named`: with the names of users and groups. */
  async read(
    ids: readonly string[],
    { named: withNames = false } = {},
  ): Promise<ReadonlyMap<string, readonly Share[]>> {
    const shares = new Map<string, readonly Share[]>(ids.map((id) => [id, []]));
    const request: ApiRequest = {
      operation:
        ids.length === 1 ? `read the shares of segment ${ids[0]}` : `read the shares of ${ids.length} segments`,
      method: "POST",
      path: "/componentmetadata/shares/component/search",
      body: { componentType: SEGMENT_TYPE, componentIds: ids },
      repeatable: true,
    };
    const expansion = withNames ? { expansion: "sharesFullName" } : {};
    const requestPage = async (pageNumber: PageNumber) => {
      const answer = await this.transport.send({
        ...request,
        query: { ...expansion, limit: pageNumber.limit, page: pageNumber.page },
      });
      const page = parseSearchPage(answer, pageNumber);
      const parsed = z.array(componentSchema).safeParse(page?.items);
      if (!page || !parsed.success)
        throw unexpectedAnswerError(request, answer, "a list of segments with their shares");
      return { ...page, items: parsed.data };
    };
    const first: PageNumber = { page: 0, limit: MAX_COMPONENTS };
    const missing = new Set(ids);
    for await (const { items } of pagesOf({
      request,
      first,
      ask: requestPage,
      idOf: ({ componentId }) => componentId,
    })) {
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
  async replace(items: readonly SegmentShares[]): Promise<ReadonlyMap<string, string>> {
    const request: ApiRequest = {
      operation: items.length === 1 ? `share segment ${items[0]?.id}` : `share ${items.length} segments`,
      method: "PUT",
      path: "/componentmetadata/shares",
      body: items.map(({ id, shares }) => ({
        componentType: SEGMENT_TYPE,
        componentId: id,
        shares: shares.map(toBody),
      })),
      repeatable: true,
    };
    const answer = await this.transport.send(request);
    const refusalsById = parseRefusals(
      answer,
      items.map(({ id }) => id),
    );
    if (!refusalsById) throw unexpectedAnswerError(request, answer, "a list of segments, each with its outcome");
    return refusalsById;
  }
}

/** Users and groups have an IMS ID; a plain number is the older kind of ID, which the page's own example sends. */
function toBody({ to, ids: [id], access }: Share) {
  const target = id === undefined ? {} : isNumericId(id) ? { shareToId: Number(id) } : { shareToImsId: id };
  return { shareToType: to, ...target, ...(access !== undefined && { accessLevel: access }) };
}
