import { z } from "zod";

// What an argument has to be. `{found}` in a text becomes what was found: see argument-mistakes.ts.

export const text = (what: string) => z.string({ error: `found {found}, expected ${what}` });

/** A text that says something. */
export const nonBlank = (what: string) =>
  text(what).refine((value) => value.trim() !== "", { error: `found {found}, expected ${what}` });

/** A text that says something, without spaces at its ends. */
export const trimmed = (what: string) =>
  text(what).refine((value) => value !== "" && value.trim() === value, { error: `found {found}, expected ${what}` });

/** One word, such as a name that a header or a body takes. */
export const word = (what: string) =>
  text(what).regex(/^\S+$/, { error: `found {found}, expected ${what}, without spaces` });

/** IDs go into comma lists and paths of the API, so what would break out of one is refused here. */
export const id = (what: string, asText = what) => {
  const error = `found {found}, expected ${what}, without spaces, commas or slashes`;
  return text(asText).regex(/^(?!\.{1,2}$)[^\s,/?#%]+$/, { error });
};

export const oneOf = <T extends string>(values: readonly T[]) =>
  z.enum(values, { error: `found {found}, expected one of ${values.join(", ")}` });

export const flag = z.boolean({ error: "found {found}, expected true or false" });
