/** A node that can carry a label. */
export interface Described {
  /** Shown in the UI as the container's or the rule's name. Default: none; empty and null mean the same. */
  readonly description?: string | null;
}
