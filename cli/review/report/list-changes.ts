import type { ResourceValues } from "../preview/preview";
import { hideIfOtherIsSecret, fieldChanges, containsSecret, toOneLine, toText } from "./field-changes";
import type { NameLookup } from "./name-lookup";
import type { FieldChange, ListChange, ListEntry } from "./report";

type Values = Readonly<Record<string, unknown>>;

/** Sets, of which a reader wants to see what comes and what goes. */
type List = "tags" | "shares" | "labels";
export const SEGMENT_LISTS: readonly List[] = ["tags", "shares"];
export const AUDIENCE_LISTS: readonly List[] = ["labels"];

export interface ListOptions {
  readonly lists: readonly List[];
  /** Whether a list differs although it looks the same, since it is secret. */
  readonly changed: (field: string) => boolean;
  readonly named: NameLookup;
  /**
   * `program`: both sides are what a program says. `service`: the other side is what was found, with all that the service tells.
   * `anew`: as `program`, and another segment or audience is made.
   */
  readonly after: "program" | "service" | "anew";
}

/**
 * What differs in lists. What is not managed is not told.
 *
 * @param before undefined where there was nothing yet
 */
export function listChanges(before: Values | undefined, after: Values, options: ListOptions): FieldChange[] {
  return options.lists.flatMap((field) => {
    // What is made has none.
    const desired = after[field] ?? undefined;
    const old = before ? hideIfOtherIsSecret(before[field] ?? undefined, desired) : [];
    if (!before && desired === undefined) return [];
    const sides = [
      { [field]: before && toShortText(field, old, options.named) },
      { [field]: toShortText(field, desired, options.named) },
    ] as const;
    if (old !== undefined && desired !== undefined && !(Array.isArray(old) && Array.isArray(desired)))
      return fieldChanges([field], ...sides, options.changed);
    const list = listChange(field, toList(old), toList(desired), options);
    return list ? [{ field, ...sideText("before", sides[0][field]), ...sideText("after", sides[1][field]), list }] : [];
  });
}

const sideText = (side: "before" | "after", value: unknown) =>
  value === undefined ? {} : { [side]: toOneLine(value) };

/** Lists of what was deployed. What a deployment was asked for and could not do is only in its inputs. */
export function listsOfDeployment({ inputs, outputs }: ResourceValues, lists: readonly List[]): Values {
  return Object.fromEntries(lists.flatMap((field) => (field in outputs ? [[field, inputs[field]]] : [])));
}

/** A list as a whole that is secret, or known only when it runs, is a word. */
const toList = (value: unknown): readonly unknown[] | undefined =>
  value === undefined ? undefined : Array.isArray(value) ? (value as unknown[]) : [value];

const toShortText = (field: List, value: unknown, named: NameLookup): unknown =>
  Array.isArray(value) ? entriesOf(field, value, "named", named).map(({ text }) => text) : value;

function listChange(
  field: List,
  old: readonly unknown[] | undefined,
  desired: readonly unknown[] | undefined,
  { changed, named, after }: ListOptions,
): ListChange | undefined {
  if (!old && !desired) return undefined;
  if (!desired)
    return after === "service"
      ? undefined
      : { managed: after === "anew" ? "ends with the old one" : "ends", entries: [] };
  if (!old)
    return after === "service" ? undefined : { managed: "begins", entries: entriesOf(field, desired, "named", named) };
  const entries = field === "shares" ? shareEntries(old, desired, after, named) : setEntries(old, desired);
  if (entries.length > 0) return { managed: "still", entries };
  return containsSecret(desired) && changed(field)
    ? { managed: "still", entries: [{ is: "changed", text: "(secret, another value)" }] }
    : undefined;
}

const entriesOf = (field: List, values: readonly unknown[], is: ListEntry["is"], named: NameLookup): ListEntry[] =>
  values.map((value) =>
    field === "shares" ? shareEntry(describeShare(value, named), is) : { is, text: toText(value) },
  );

/** Of tags and labels. */
function setEntries(old: readonly unknown[], desired: readonly unknown[]): ListEntry[] {
  const [before, after] = [new Set(old.map(toText)), new Set(desired.map(toText))];
  return [
    ...[...after].filter((entry) => !before.has(entry)).map((text) => ({ is: "added" as const, text })),
    ...[...before].filter((entry) => !after.has(entry)).map((text) => ({ is: "removed" as const, text })),
  ];
}

function shareEntries(
  old: readonly unknown[],
  desired: readonly unknown[],
  after: ListOptions["after"],
  named: NameLookup,
): ListEntry[] {
  const [before, now] = [old, desired].map(
    (shares) => new Map(shares.map((share) => describeShare(share, named)).map((share) => [share.whom, share])),
  );
  if (!before || !now) return [];
  const changed = [...now.values()].flatMap((share): ListEntry[] => {
    const was = before.get(share.whom);
    // The program leaves the level to the service.
    if (!was || hasSameAccess(was, share) || (after === "service" && was.access === undefined)) return [];
    return [{ is: "changed", text: `${share.whom}: access ${accessText(was)} → ${accessText(share)}` }];
  });
  const everybody = [...now.values()].some((share) => share.everybody);
  return [
    ...[...now.values()].filter(({ whom }) => !before.has(whom)).map((share) => shareEntry(share, "added")),
    ...[...before.values()]
      .filter(({ whom }) => !now.has(whom))
      .map((share): ListEntry =>
        everybody
          ? { is: "changed", text: `${share.whom}: no longer named, has access like everybody` }
          : shareEntry(share, "removed"),
      ),
    ...changed,
  ];
}

function shareEntry({ whom, access, everybody }: ShareText, is: ListEntry["is"]): ListEntry {
  return { is, text: access === undefined ? whom : `${whom} (access ${access})`, ...(everybody && { everybody }) };
}

const accessText = ({ access }: ShareText): string => access ?? "the service's default";

/** One share, in words. */
export interface ShareText {
  /** `group Analysts (812345678)`, `user 5B02@company`, `all users of the organisation`: the same for the same. */
  readonly whom: string;
  readonly access: string | undefined;
  readonly everybody: true | undefined;
}

export const EVERYBODY = "all users of the organisation";

/** A share as a program or a state says it; a part of it may be secret, or known only when it runs. */
export function describeShare(share: unknown, named: NameLookup): ShareText {
  const { to, id, access } = (typeof share === "object" && share !== null ? share : { to: share }) as Readonly<
    Record<string, unknown>
  >;
  const isEverybody = to === "all";
  return {
    whom: isEverybody
      ? EVERYBODY
      : [to, typeof id === "string" ? named(id) : id]
          .filter((part) => part !== undefined && part !== null)
          .map(toText)
          .join(" "),
    access: access === undefined || access === null ? undefined : toText(access),
    everybody: isEverybody || undefined,
  };
}

export const hasSameAccess = (a: ShareText, b: ShareText): boolean => a.access === b.access;
