/** How an audience is evaluated: daily or in a job, as events arrive, or on the edge. Each audience has one of them. */
export const EVALUATIONS = ["batch", "streaming", "edge"] as const;
export type Evaluation = (typeof EVALUATIONS)[number];

/** Answers may have the older word `active`, too, which is `published`. */
export const LIFECYCLES = ["draft", "published", "inactive"] as const;
export type AudienceLifecycle = (typeof LIFECYCLES)[number];
