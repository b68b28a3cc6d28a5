/** A segment as the provider knows it, whichever dialect the service spoke. Only `id` is certain to be there. */
export interface Segment {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly dataViewId?: string;
  readonly dataViewName?: string;
  readonly owner?: Owner;
  readonly definition?: unknown;
  readonly compatibility?: Compatibility;
  readonly created?: string;
  readonly modified?: string;
  /** The ID of whoever changed it last: the reference's dialect tells it. */
  readonly modifiedBy?: string;
  /** The names of its tags, where they were asked for. */
  readonly tags?: readonly string[];
  /** What uses it, where it was asked for and the service tells it. */
  readonly usedIn?: readonly Use[];
  /** A deleted segment stays readable by its ID (segments guide, "Delete a segment"). */
  readonly deleted?: boolean;
}

export interface Owner {
  readonly id: string;
  readonly name?: string;
  readonly login?: string;
}

/** Something that would lose a segment that it uses: a project, another segment, an audience. */
export interface Use {
  /** The service's word for it: `project`, `segment`. */
  readonly type: string;
  readonly id: string;
  readonly name?: string;
}

export interface Compatibility {
  readonly valid?: boolean;
  readonly message?: string;
  readonly supportedProducts?: readonly string[];
}

/** What a segment consists of when it is written. */
export interface SegmentContent {
  readonly name: string;
  readonly description?: string;
  readonly dataViewId: string;
  readonly definition: unknown;
}

/** The fields of a partial update; only what is in it is sent. */
export type SegmentPatch = Partial<Pick<SegmentContent, "name" | "description" | "definition">>;

/** The service's word on a definition. */
export interface Verdict {
  readonly valid: boolean;
  readonly message?: string;
  readonly errors: readonly string[];
}
