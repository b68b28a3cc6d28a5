import type { Use } from "../../model/segment-table";
import type { KnownUses } from "./report/report";
import { InvalidRequestError, PermissionError } from "../../provider/http/errors";
import type { Preview } from "./preview/preview";
import { goingSegments } from "./report/uses";
import type { CommandRuntime } from "../command-runtime";

/**
 * Asks Adobe what uses the segments that plans delete or replace: a request for each hundred of them, and none where there are none. Of
 * those of another organisation than the settings name nobody can be asked.
 */
export async function askUses(previews: readonly Preview[], open: () => Promise<CommandRuntime>): Promise<KnownUses> {
  const going = previews.flatMap(goingSegments);
  if (going.length === 0) return new Map();
  const { uses, settings } = await open();
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
