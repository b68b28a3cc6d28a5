/** A data view: what segments are made over. Only `id` is certain to be there. */
export interface DataView {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly owner?: DataViewOwner;
  /** As `Europe/Berlin`. */
  readonly timezone?: string;
  readonly created?: string;
  readonly modified?: string;
  readonly deleted?: boolean;
}

export interface DataViewOwner {
  readonly id: string;
  readonly name?: string;
}
