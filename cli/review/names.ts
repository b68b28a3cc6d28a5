import { systemClock } from "../../provider/clock";
import { InvalidRequestError, NotFoundError, PermissionError } from "../../provider/http/errors";
import { DataViewLookups } from "../../provider/data-view/lookup";
import type { Preview } from "./preview/preview";
import { namelessIn } from "./report/named";
import type { CommandRuntime } from "../command-runtime";
import { segmentShares } from "../segment-shares";

/**
 * Asks Adobe for the names of data views, and of those with whom segments are shared, that plans have by their IDs alone: a request for
 * each hundred of either, and none where there are none.
 *
 * @param open where there is something to ask
 */
export async function askNames(
  previews: readonly Preview[],
  open: () => Promise<CommandRuntime>,
): Promise<ReadonlyMap<string, string>> {
  const { dataViews, segments } = namelessIn(previews);
  if (dataViews.length + segments.length === 0) return new Map();
  const runtime = await open();
  const own = segments.filter(({ orgId }) => orgId === undefined || orgId === runtime.settings.orgId);
  const asked = await Promise.allSettled([
    dataViews.length === 0 ? [] : viewsOf(runtime, dataViews),
    own.length === 0
      ? []
      : sharedWith(
          runtime,
          own.map(({ id }) => id),
        ),
  ]);
  return new Map(
    asked.flatMap((answer) => {
      if (answer.status === "fulfilled") return answer.value;
      // It is not for this account, or this service does not know it: then IDs are shown.
      if ([PermissionError, NotFoundError, InvalidRequestError].some((kind) => answer.reason instanceof kind))
        return [];
      throw answer.reason;
    }),
  );
}

type Names = readonly (readonly [id: string, name: string])[];

async function viewsOf({ dataViews }: CommandRuntime, ids: readonly string[]): Promise<Names> {
  const views = await new DataViewLookups(dataViews, systemClock).find({ ids });
  return views.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name] as const]));
}

async function sharedWith({ shares }: CommandRuntime, ids: readonly string[]): Promise<Names> {
  const found = await segmentShares(shares, ids, { named: true });
  return [...found.values()]
    .flat()
    .flatMap((share) => (share.name === undefined ? [] : share.ids.map((id) => [id, share.name ?? ""] as const)));
}
