import { systemClock } from "../../provider/clock";
import { InvalidRequestError, NotFoundError, PermissionError } from "../../provider/http/errors";
import { DataViewLookups } from "../../provider/data-view/lookup";
import type { Preview } from "./preview/preview";
import { namelessIn } from "./report/nameless";
import type { CommandRuntime } from "../command-runtime";
import { segmentShares } from "../segment-shares";

/**
 * Asks Adobe for the names of data views, of those with whom segments are shared, and of the audiences that jobs run over, where plans
 * have them by their IDs alone: a request for each hundred of each, and none where there are none. An audience's name that it does not
 * tell is empty.
 *
 * @param sandbox `CJA_SANDBOX` of the previews, where it is set
 * @param open where there is something to ask
 */
export async function askNames(
  previews: readonly Preview[],
  sandbox: string | undefined,
  open: () => Promise<CommandRuntime>,
): Promise<ReadonlyMap<string, string>> {
  const { dataViews, segments, audiences } = namelessIn(previews, sandbox === undefined ? {} : { sandbox });
  if (dataViews.length + segments.length + audiences.length === 0) return new Map();
  const runtime = await open();
  const isOwn = ({ orgId }: { readonly orgId: unknown }) => orgId === undefined || orgId === runtime.settings.orgId;
  const shared = segments.filter(isOwn).map(({ id }) => id);
  const ours = audiences.filter(isOwn);
  const sandboxes = [...new Set(ours.map((audience) => audience.sandbox))];
  const idsIn = (name: string) => ours.filter((audience) => audience.sandbox === name).map(({ id }) => id);
  const asked = await Promise.allSettled([
    dataViews.length === 0 ? [] : viewsOf(runtime, dataViews),
    shared.length === 0 ? [] : sharedWith(runtime, shared),
    ...sandboxes.map((name) => runtime.audienceNames.of(name, idsIn(name))),
  ]);
  return new Map([
    ...ours.map(({ id }) => [id, ""] as const),
    ...asked.flatMap((answer): Names => {
      if (answer.status === "fulfilled") return [...answer.value];
      // It is not for this account, or this service does not know it: then IDs are shown.
      if ([PermissionError, NotFoundError, InvalidRequestError].some((kind) => answer.reason instanceof kind))
        return [];
      throw answer.reason;
    }),
  ]);
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
