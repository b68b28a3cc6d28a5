/** With whom a segment is shared, as a program says it. */
export interface ExportedShare {
  readonly to: string;
  readonly id?: string;
  readonly access?: string;
}

/** A segment as the service has it, with all that a program says of it. */
export interface ExportedSegment {
  readonly id: string;
  readonly name: string;
  /** Absent and empty are the same. */
  readonly description?: string;
  readonly dataViewId: string;
  readonly definition: unknown;
  /** Absent where the program does not say them. */
  readonly tags?: readonly string[];
  readonly shares?: readonly ExportedShare[];
}

/** A segment and what it is called in the program. */
export interface NamedSegment {
  readonly segment: ExportedSegment;
  /** The resource's name: `mobile-visitors`. */
  readonly resource: string;
  /** The constant's: `mobileVisitors`. */
  readonly identifier: string;
  /** Without folder and ending. */
  readonly file: string;
}
