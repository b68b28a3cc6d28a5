import type { HolderRegistry } from "./state/holders";

/** What it takes to find out who has what: see ownership.ts. */
export interface OwnershipServices {
  readonly holders: HolderRegistry;
  /** Whether it is an error to take over what another stack has. */
  readonly exclusive: boolean;
  readonly newId: () => string;
  readonly warn: (text: string) => void;
  /** News that are no trouble. */
  readonly info: (text: string) => void;
}

/** What a resource has in state of the object that is its own. */
export interface OwnedState {
  readonly name: string;
  /** By which the records of who has what know the resource again. */
  readonly holderId?: string;
}

/** What objects of a kind are called at the start of a sentence. */
export type OwnedNoun = "Segment" | "Audience";
