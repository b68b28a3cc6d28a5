import { writeJson } from "../../definition/json";
import { referencedAudiences } from "../../definition/pql/references";
import type { Use } from "../../model/segment-fields";
import { systemClock } from "../../provider/clock";
import { DataViewLookups } from "../../provider/data-view/lookup";
import { InvalidRequestError, NotFoundError, PermissionError } from "../../provider/http/errors";
import type { CommandRuntime } from "../command-runtime";
import { readSegmentShares } from "../segment-shares";
import { type Preview, type Step } from "./preview/preview";
import { deletedObjects, type DeletedObject } from "./report/deletion-notes";
import { displayedAudiences, sandboxOf } from "./report/job-review";
import { isKnown, findNames } from "./report/name-lookup";
import type { KnownUses, ReviewOptions } from "./report/report";

/**
 * Asks Adobe for the names of data views, of those with whom segments are shared, and of the audiences that jobs run over and that
 * expressions name, where plans have them by their IDs alone: a request for each hundred of each, and none where there are none. An
 * audience's name that it does not tell is empty.
 *
 * @param sandbox `CJA_SANDBOX` of the previews, where it is set
 * @param openRuntime where there is something to ask
 */
export async function fetchNames(
  previews: readonly Preview[],
  sandbox: string | undefined,
  openRuntime: () => Promise<CommandRuntime>,
): Promise<ReadonlyMap<string, string>> {
  const { dataViews, segments, audiences } = findUnnamed(previews, sandbox === undefined ? {} : { sandbox });
  if (dataViews.length + segments.length + audiences.length === 0) return new Map();
  const runtime = await openRuntime();
  const isOwnOrganisation = ({ orgId }: { readonly orgId: unknown }) =>
    orgId === undefined || orgId === runtime.settings.orgId;
  const sharedSegments = segments.filter(isOwnOrganisation).map(({ id }) => id);
  const ownAudiences = audiences.filter(isOwnOrganisation);
  const sandboxes = [...new Set(ownAudiences.map((audience) => audience.sandbox))];
  const idsInSandbox = (name: string) =>
    ownAudiences.filter((audience) => audience.sandbox === name).map(({ id }) => id);
  const results = await Promise.allSettled([
    dataViews.length === 0 ? [] : fetchDataViewNames(runtime, dataViews),
    sharedSegments.length === 0 ? [] : fetchShareNames(runtime, sharedSegments),
    ...sandboxes.map((name) => runtime.audienceNames.findNames(name, idsInSandbox(name))),
  ]);
  return new Map([
    ...ownAudiences.map(({ id }) => [id, ""] as const),
    ...results.flatMap((answer): NameEntries => {
      if (answer.status === "fulfilled") return [...answer.value];
      // It is not for this account, or this service does not know it: then IDs are shown.
      if ([PermissionError, NotFoundError, InvalidRequestError].some((kind) => answer.reason instanceof kind))
        return [];
      throw answer.reason;
    }),
  ]);
}

type NameEntries = readonly (readonly [id: string, name: string])[];

async function fetchDataViewNames({ dataViews }: CommandRuntime, ids: readonly string[]): Promise<NameEntries> {
  const views = await new DataViewLookups(dataViews, systemClock).find({ ids });
  return views.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name] as const]));
}

async function fetchShareNames({ shares }: CommandRuntime, ids: readonly string[]): Promise<NameEntries> {
  const found = await readSegmentShares(shares, ids, { named: true });
  return [...found.values()]
    .flat()
    .flatMap((share) => (share.name === undefined ? [] : share.ids.map((id) => [id, share.name ?? ""] as const)));
}

/**
 * Asks Adobe what uses the segments and audiences that plans delete or replace: a request for each hundred segments and for each
 * audience, and none where there are none. Of those of another organisation than the settings name nobody can be asked.
 *
 * @param sandbox `CJA_SANDBOX` of the previews, where it is set
 */
export async function fetchUses(
  previews: readonly Preview[],
  sandbox: string | undefined,
  openRuntime: () => Promise<CommandRuntime>,
): Promise<KnownUses> {
  const segments = previews.flatMap((preview) => deletedObjects(preview, "Segment"));
  const audiences = previews.flatMap((preview) =>
    deletedObjects(preview, "Audience").map((audience) => ({
      ...audience,
      sandbox: sandboxOf(audience.before, preview, sandbox === undefined ? {} : { sandbox }),
    })),
  );
  if (segments.length + audiences.length === 0) return new Map();
  const runtime = await openRuntime();
  const ask = async ({ id, orgId }: DeletedObject, find: () => Promise<readonly Use[] | undefined>) => {
    const isOtherOrganisation = orgId !== undefined && orgId !== runtime.settings.orgId;
    return [id, isOtherOrganisation ? undefined : await find().catch(toUntold)] as const;
  };
  return new Map(
    await Promise.all([
      ...segments.map((segment) => ask(segment, () => runtime.uses.findUses(segment.id))),
      ...audiences.map((audience) => ask(audience, () => fetchDependents(runtime, audience))),
    ]),
  );
}

/** The service may not know the question, or it is not for this account. */
function toUntold(error: unknown): undefined {
  if (error instanceof InvalidRequestError || error instanceof PermissionError) return undefined;
  throw error;
}

/** The audiences that use one; undefined where the service does not tell. Of one that is gone, none. */
async function fetchDependents(
  { audiences, audienceNames }: CommandRuntime,
  { id, sandbox }: { readonly id: string; readonly sandbox: string },
): Promise<readonly Use[] | undefined> {
  const found = await audiences.get(sandbox, id);
  if (!found) return [];
  const { dependents } = found;
  if (!dependents || dependents.length === 0) return dependents && [];
  const names = await audienceNames.findNames(sandbox, dependents);
  return dependents.map((dependent) => {
    const name = names.get(dependent);
    return { type: "audience", id: dependent, ...(name !== undefined && { name }) };
  });
}

type Values = Readonly<Record<string, unknown>>;

/** What plans have by its ID alone: data views, segments that are shared with somebody, and the audiences that jobs run over. */
function findUnnamed(previews: readonly Preview[], options: Pick<ReviewOptions, "sandbox"> = {}): UnnamedIds {
  const known = new Set(previews.flatMap(findNames).map(([id]) => id));
  const isUnnamed = (id: unknown): id is string => isKnown(id) && !known.has(id);
  const steps = previews.flatMap((preview) => preview.steps.filter(({ kind }) => kind === "Segment"));
  const dataViews = steps.flatMap(({ before, after }) => [before, after].map((side) => side?.inputs["dataViewId"]));
  const segments = steps.flatMap(({ before, after }) => {
    const id = before?.id ?? after?.importId ?? after?.inputs["adoptId"];
    const shares = [before, after].flatMap((side) => (side?.inputs["shares"] ?? []) as (Values | null)[]);
    return isKnown(id) && shares.some((share) => isUnnamed(share?.["id"]))
      ? [[id, before?.outputs["orgId"]] as const]
      : [];
  });
  const audiences = previews
    .flatMap((preview) => preview.steps.flatMap((step) => audiencesOf(step, preview, options)))
    .filter(({ id }) => isUnnamed(id));
  return {
    dataViews: [...new Set(dataViews.filter(isUnnamed))],
    segments: [...new Map(segments)].map(([id, orgId]) => ({ id, orgId })),
    audiences: [...new Map(audiences.map((each) => [writeJson(each), each])).values()],
  };
}

interface UnnamedIds {
  readonly dataViews: readonly string[];
  readonly segments: readonly { readonly id: string; readonly orgId: unknown }[];
  readonly audiences: readonly { readonly id: string; readonly sandbox: string; readonly orgId: unknown }[];
}

/** The audiences that a reader sees: those of a job, and those that an expression names. */
function audiencesOf(step: Step, preview: Preview, options: Pick<ReviewOptions, "sandbox">): UnnamedIds["audiences"] {
  const { kind, op, before, after } = step;
  if ((kind !== "SegmentJob" && kind !== "Audience") || !SHOWN_OPERATIONS.has(op)) return [];
  const [old, desired] = [op === "create" ? undefined : before, op === "delete" ? undefined : after];
  const sandbox = sandboxOf(desired ?? old, preview, options);
  const orgId = before?.outputs["orgId"];
  const ids =
    kind === "Audience"
      ? referencedAudiences(desired?.inputs["expression"]).map(({ id }) => id)
      : displayedAudiences(old?.inputs, desired?.inputs);
  return ids.map((id) => ({ id, sandbox, orgId }));
}

const SHOWN_OPERATIONS: ReadonlySet<string> = new Set(["create", "update", "replace", "delete"]);
