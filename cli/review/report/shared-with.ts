import { inWords } from "./field-changes";
import type { Named } from "./named";

/** One share, in words. */
export interface SharedWith {
  /** `group Analysts (812345678)`, `user 5B02@company`, `all users of the organisation`: the same for the same. */
  readonly whom: string;
  readonly access: string | undefined;
  readonly everybody: true | undefined;
}

export const EVERYBODY = "all users of the organisation";

/** A share as a program or a state says it; a part of it may be secret, or known only when it runs. */
export function shareOf(share: unknown, named: Named): SharedWith {
  const { to, id, access } = (typeof share === "object" && share !== null ? share : { to: share }) as Readonly<
    Record<string, unknown>
  >;
  const isEverybody = to === "all";
  return {
    whom: isEverybody
      ? EVERYBODY
      : [to, typeof id === "string" ? named(id) : id]
          .filter((part) => part !== undefined && part !== null)
          .map(said)
          .join(" "),
    access: access === undefined || access === null ? undefined : said(access),
    everybody: isEverybody || undefined,
  };
}

export const isSameAccess = (a: SharedWith, b: SharedWith): boolean => a.access === b.access;

const said = (value: unknown): string => (typeof value === "string" ? value : inWords(value));
