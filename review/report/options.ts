import type { SentenceOptions } from "../../definition";

/** What a report needs to know beside the previews. */
export interface ReviewOptions extends SentenceOptions {
  /** `CJA_VALIDATE` of the preview, where it was set: it is not in the preview's output. */
  readonly validate?: string;
  /** `CJA_SANDBOX` of the preview, where it was set. */
  readonly sandbox?: string;
}
