import { writeJson } from "../../json";
import type { Preview, Step } from "../preview/preview";
import { LATER, SECRET } from "../preview/values";
import { SEGMENT } from "../preview/planned-segments";
import { SEGMENT_JOB, sandboxOf } from "./job-review";
import { audiencesTold } from "./job-scope";
import type { ReviewOptions } from "./options";

type Values = Readonly<Record<string, unknown>>;

/** How a view calls what a plan has by its ID: `Web (dv_dev)` where the name is known, else `dv_dev`, with a word where it was asked for. */
export type Named = (id: string) => string;

/** What a stack's report needs to know beside its preview. */
export interface StackOptions extends ReviewOptions {
  readonly named: Named;
}

/** Names by ID: those that the reader gave, then what the service was asked, then what the states of the plan tell. */
export function namedBy({ names = {}, asked = new Map<string, string>() }: ReviewOptions, preview: Preview): Named {
  const given =
    names instanceof Map
      ? (names as ReadonlyMap<string, string>)
      : Object.entries(names as Readonly<Record<string, string>>);
  const known = new Map([...namesIn(preview), ...[...asked].filter(isNamed), ...[...given].filter(isNamed)]);
  return (id) => {
    const name = known.get(id);
    if (name !== undefined) return `${name} (${id})`;
    return asked.has(id) ? `${id} (name not known)` : id;
  };
}

const isNamed = ([, name]: readonly [id: string, name: string]): boolean => name !== "";

/** Names of data views and of segments' owners, as the last deployment or a refresh was told them. */
function namesIn({ steps }: Preview): [id: string, name: string][] {
  // Of two names for one the engine's order, which is of chance, is not to choose.
  return steps
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .flatMap(({ before }) => {
      const { dataViewName, owner } = before?.outputs ?? {};
      const { id, name } = (owner ?? {}) as Values;
      return [...pair(before?.inputs["dataViewId"], dataViewName), ...pair(id, name)];
    });
}

/** What plans have by its ID alone: data views, segments that are shared with somebody, and the audiences that jobs run over. */
export function namelessIn(previews: readonly Preview[], options: Pick<ReviewOptions, "sandbox"> = {}): Nameless {
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

export interface Nameless {
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
  return audiencesTold(old?.inputs, wanted?.inputs).map((id) => ({ id, sandbox, orgId }));
}

const TOLD: ReadonlySet<string> = new Set(["create", "update", "replace", "delete"]);

const pair = (id: unknown, name: unknown): [id: string, name: string][] =>
  isKnown(id) && isKnown(name) ? [[id, name]] : [];

const isKnown = (value: unknown): value is string => typeof value === "string" && value !== LATER && value !== SECRET;
