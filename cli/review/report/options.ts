import type { SentenceOptions } from "../../../definition";
import type { KnownUses } from "./uses";

/** What a report needs to know beside the previews. */
export interface ReviewOptions extends SentenceOptions {
  /** `CJA_VALIDATE` of the preview, where it was set: it is not in the preview's output. */
  readonly validate?: string;
  /** `CJA_SANDBOX` of the preview, where it was set. */
  readonly sandbox?: string;
  /** Names of data views, users, groups and audiences by ID, where the service was asked; empty where it does not tell one. */
  readonly asked?: ReadonlyMap<string, string>;
  /** What uses the segments that the plans delete, where it was asked. */
  readonly uses?: KnownUses;
}
