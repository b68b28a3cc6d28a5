/** The levels at which a container looks at data, in the API's words. */
export const CONTEXTS = ["hits", "visits", "visitors"] as const;

/** The level at which a container looks at data: Event (`hits`), Session (`visits`) or Person (`visitors`) in the UI. */
export type Context = (typeof CONTEXTS)[number];

/** The UI's words for the contexts. No source documents them in a definition, so they pass with a warning. */
export const UI_CONTEXTS: ReadonlyMap<string, Context> = new Map([
  ["event", "hits"],
  ["session", "visits"],
  ["person", "visitors"],
]);
