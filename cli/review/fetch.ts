import { writeJson } from "../../definition/json";
import type { Use } from "../../model/segment-fields";
import { systemClock } from "../../provider/clock";
import { DataViewLookups } from "../../provider/data-view/lookup";
import { InvalidRequestError, NotFoundError, PermissionError } from "../../provider/http/errors";
import type { CommandRuntime } from "../command-runtime";
import { segmentShares } from "../segment-shares";
import { SEGMENT, SEGMENT_JOB, type Preview, type Step } from "./preview/preview";
import { goingSegments } from "./report/deletion-notes";
import { audiencesShown, sandboxOf } from "./report/job-review";
import { isKnown, namesIn } from "./report/name-lookup";
import type { KnownUses, ReviewOptions } from "./report/report";

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
    ...sandboxes.map((name) => runtime.audienceNames.findNames(name, idsIn(name))),
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
      return await uses.findUses(id);
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

type Values = Readonly<Record<string, unknown>>;

/** What plans have by its ID alone: data views, segments that are shared with somebody, and the audiences that jobs run over. */
function namelessIn(previews: readonly Preview[], options: Pick<ReviewOptions, "sandbox"> = {}): Nameless {
  const known = new Set(previews.flatMap(namesIn).map(([id]) => id));
  const isNameless = (id: unknown): id is string => isKnown(id) && !known.has(id);
  const steps = previews.flatMap((preview) => preview.steps.filter(({ type }) => type === SEGMENT));
  const dataViews = steps.flatMap(({ before, after }) => [before, after].map((side) => side?.inputs["dataViewId"]));
  const segments = steps.flatMap(({ before, after }) => {
    const id = before?.id ?? after?.inputs["adoptId"];
    const shares = [before, after].flatMap((side) => (side?.inputs["shares"] ?? []) as (Values | null)[]);
    return isKnown(id) && shares.some((share) => isNameless(share?.["id"]))
      ? [[id, before?.outputs["orgId"]] as const]
      : [];
  });
  const audiences = previews.flatMap((preview) => preview.steps.flatMap((step) => audiencesOf(step, preview, options)));
  return {
    dataViews: [...new Set(dataViews.filter(isNameless))],
    segments: [...new Map(segments)].map(([id, orgId]) => ({ id, orgId })),
    audiences: [...new Map(audiences.map((each) => [writeJson(each), each])).values()],
  };
}

interface Nameless {
  readonly dataViews: readonly string[];
  readonly segments: readonly { readonly id: string; readonly orgId: unknown }[];
  readonly audiences: readonly { readonly id: string; readonly sandbox: string; readonly orgId: unknown }[];
}

/** Those of a job's audiences that a reader sees. */
function audiencesOf(step: Step, preview: Preview, options: Pick<ReviewOptions, "sandbox">): Nameless["audiences"] {
  const { type, op, before, after } = step;
  if (type !== SEGMENT_JOB || !TOLD.has(op)) return [];
  const [old, wanted] = [op === "create" ? undefined : before, op === "delete" ? undefined : after];
  const sandbox = sandboxOf(wanted ?? old, preview, options);
  const orgId = before?.outputs["orgId"];
  return audiencesShown(old?.inputs, wanted?.inputs).map((id) => ({ id, sandbox, orgId }));
}

const TOLD: ReadonlySet<string> = new Set(["create", "update", "replace", "delete"]);
