import type { Mistake } from "../model";
import type { ProgramResource } from "./program-resource";

/** Plain values, as the engine sends them. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * The answer to "what would change": nothing, an update, or a replacement.
 * `withoutInputChange`: no input differs, so that the engine, which compares inputs, would not see it.
 */
export type Diff =
  | { readonly kind: "same" }
  | { readonly kind: "update"; readonly withoutInputChange?: boolean }
  | {
      readonly kind: "replace";
      readonly replaces: readonly string[];
      readonly deleteBeforeReplace?: boolean;
      readonly withoutInputChange?: boolean;
    };

/** What all resources do, in the engine's order; nothing here knows how the engine reaches it. `resource`: where it is known. */
export interface Lifecycle {
  /** Finds mistakes before anything is written. Values may be unknown. */
  check(
    olds: Values,
    news: Values,
    resource?: ProgramResource,
  ): Promise<{ readonly inputs: Values; readonly mistakes: readonly Mistake[] }>;
  diff(id: string, state: Values, news: Values, resource?: ProgramResource): Promise<Diff>;
  create(inputs: Values, resource?: ProgramResource): Promise<{ readonly id: string; readonly state: Values }>;
  /** @returns undefined when it is gone. Throws when `state` is empty and there is nothing to read. */
  read(id: string, state: Values): Promise<{ readonly state: Values; readonly inputs: Values } | undefined>;
  update(id: string, state: Values, news: Values, resource?: ProgramResource): Promise<Values>;
  delete(id: string, state: Values): Promise<void>;
  /**
   * What has to be asked before a resource may be deleted; undefined where nothing has. The question throws where the deletion is to be
   * refused; it gets how many resources the run has deleted by then.
   */
  deletionCheck?(id: string, state: Values): ((deleted: number) => Promise<void>) | undefined;
}

/** What a preview can know of a resource beyond the plan itself. */
export interface Planner {
  /** The names of the arguments and outputs in which a plan differs from the state. */
  changed(state: Values, news: Values, diff: Diff): readonly string[];
  /**
   * The outputs after the next write, as far as they are known.
   *
   * @param state undefined for what is to be made
   * @param orgId the setting `cja:orgId`
   */
  planned(inputs: Values, state: Values | undefined, orgId: string | undefined): Values;
}

/** Something exists now, but did not become what was asked for: it is kept in state, with the reasons. */
export class StartedButFailedError extends Error {
  constructor(
    readonly id: string,
    readonly state: Values,
    readonly reasons: readonly string[],
  ) {
    super(reasons.join("\n"));
    this.name = "StartedButFailedError";
  }
}
