import { MAX_COMPONENTS } from "../provider/segment/tags-and-shares-answers";
import type { Share } from "../provider/segment/share";
import type { SharesClient } from "../provider/segment/shares-client";
import { InvalidRequestError, NotFoundError, PermissionError } from "../provider/http/errors";

/**
 * With whom some segments are shared: a request for each hundred.
 *
 * @throws Error that names the option which does without, where the service does not tell this account
 */
export async function readSegmentShares(
  client: SharesClient,
  ids: readonly string[],
  options: { readonly named?: boolean } = {},
): Promise<ReadonlyMap<string, readonly Share[]>> {
  const chunks = Array.from({ length: Math.ceil(ids.length / MAX_COMPONENTS) }, (_, part) =>
    ids.slice(part * MAX_COMPONENTS, (part + 1) * MAX_COMPONENTS),
  );
  try {
    const found = await Promise.all(chunks.map((part) => client.read(part, options)));
    return new Map(found.flatMap((shares) => [...shares]));
  } catch (cause) {
    if (![PermissionError, NotFoundError, InvalidRequestError].some((kind) => cause instanceof kind)) throw cause;
    throw new Error(`${(cause as Error).message} Or leave shares out: --no-shares.`, { cause });
  }
}
