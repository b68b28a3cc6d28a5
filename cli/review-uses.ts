import type { Use } from "../provider/api/segment";
import { InvalidRequestError, PermissionError } from "../provider/http/errors";
import { readPreviews } from "../review/preview/preview";
import type { Source } from "../review/report/report-of";
import { goingSegments, type KnownUses } from "../review/report/uses";
import { openCommandRuntime } from "./command-runtime";
import type { Terminal } from "./terminal";

/**
 * Asks Adobe what uses the segments that plans delete or replace: a request for each hundred of them, and none where there are none. Of
 * those of another organisation than the settings name nobody can be asked.
 */
export async function askUses(
  sources: readonly Source[],
  terminal: Pick<Terminal, "environment" | "say">,
): Promise<KnownUses> {
  const going = sources.flatMap(previewsOf).flatMap(goingSegments);
  if (going.length === 0) return new Map();
  const { uses, settings } = await openCommandRuntime(terminal);
  const ask = async (id: string): Promise<readonly Use[] | undefined> => {
    try {
      return await uses.of(id);
    } catch (error) {
      // The expansion may be unknown to this service, or not for this account.
      if (error instanceof InvalidRequestError || error instanceof PermissionError) return undefined;
      throw error;
    }
  };
  const entries = going.map(async ({ id, orgId }) => {
    const elsewhere = orgId !== undefined && orgId !== settings.orgId;
    return [id, elsewhere ? undefined : await ask(id)] as const;
  });
  return new Map(await Promise.all(entries));
}

/** What cannot be read is told by the review. */
function previewsOf({ text, missing }: Source) {
  try {
    return missing === undefined ? readPreviews(text) : [];
  } catch {
    return [];
  }
}
