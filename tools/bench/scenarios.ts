/** What is measured, in the order in which a stack lives through it, and what stands beside it. */
export const SCENARIOS = ["create", "nothing", "refresh", "change", "destroy", "adopt", "jobs"] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** The life of one stack of segments; `adopt` and `jobs` have stacks of their own. */
export const LIFE = ["create", "nothing", "refresh", "change", "destroy"] as const satisfies readonly Scenario[];
export type LifeScenario = (typeof LIFE)[number];

export const TITLES: Readonly<Record<Scenario, string>> = {
  create: "create",
  nothing: "preview and up with nothing to do",
  refresh: "refresh",
  change: "preview and up with 10 % changed",
  destroy: "destroy",
  adopt: "adopt, unchanged",
  jobs: "refresh of jobs under way",
};

/** What as many resources that do nothing are measured with, for the seconds that the engine itself needs. */
export const LIKE: Readonly<Record<Scenario, LifeScenario>> = {
  create: "create",
  nothing: "nothing",
  refresh: "refresh",
  change: "change",
  destroy: "destroy",
  adopt: "create",
  jobs: "refresh",
};

/** So many jobs are what a stack may have under way at most; more would measure the emulator. */
export const MOST_JOBS = 100;

/** One resource of ten is changed. */
export const isChanged = (i: number): boolean => i % 10 === 0;

/** How far the life has to go for these scenarios: everything before the last of them has to happen, too. */
export function lifeUpTo(wanted: ReadonlySet<Scenario>): readonly LifeScenario[] {
  return LIFE.slice(0, LIFE.findLastIndex((scenario) => wanted.has(scenario)) + 1);
}

/** What one operation cost. */
export interface Cost {
  readonly scenario: Scenario;
  readonly resources: number;
  readonly seconds: number;
  /** Of the processor, for the provider process alone. */
  readonly processorSeconds?: number | undefined;
  /** What the emulator saw, token requests included. */
  readonly requests: number;
  /** How many of them it refused with 429. */
  readonly refused: number;
  /** Size of the state afterwards. */
  readonly stateBytes: number | undefined;
  /** The provider process's highest. */
  readonly peakBytes?: number | undefined;
  /** The same of a process that has only loaded its code. */
  readonly idleBytes?: number | undefined;
}
