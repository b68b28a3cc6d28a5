import type { FieldChange, ListEntry } from "./report";

/** Of whom a list of changes speaks: a plan, what was done elsewhere, or two sides that are compared. */
export type Voice = "plan" | "drift" | "sides";

export const LIST_SIGNS: Readonly<Record<ListEntry["is"], string>> = {
  added: "+",
  removed: "−",
  changed: "~",
  named: "",
};

/** What a share that comes or goes is for whom it is: what a reviewer has to see. */
const ACCESS: Readonly<Record<Voice, Readonly<Record<ListEntry["is"], string>>>> = {
  plan: { added: "gains access", removed: "loses access", changed: "", named: "" },
  drift: { added: "has access now", removed: "has lost access", changed: "", named: "" },
  sides: { added: "", removed: "", changed: "", named: "" },
};

/** What stands after an entry; empty where nothing does. */
export const entryWords = ({ field }: FieldChange, { is }: ListEntry, voice: Voice): string =>
  field === "shares" ? ACCESS[voice][is] : "";

/** What is said of a list as a whole; empty where nothing is. */
export function listNote({ field, list }: FieldChange): string {
  switch (list?.managed) {
    case undefined:
    case "still":
      return "";
    case "begins":
      if (list?.entries.some(({ everybody }) => everybody)) return "managed from now on";
      return list?.entries.length === 0
        ? `none: managed from now on, ${GOES_ALL[field]}`
        : `managed from now on, ${GOES[field]}`;
    case "ends":
      return "no longer managed, stays as it is";
    case "ends with the old one":
      return "no longer managed, the new segment has none";
  }
}

/** What is there beside what the program names, nobody has asked. */
const GOES: Readonly<Record<string, string>> = {
  tags: "all others are taken off",
  shares: "whoever else has access loses it",
};
const GOES_ALL: Readonly<Record<string, string>> = {
  tags: "all that are there are taken off",
  shares: "whoever has access loses it",
};
