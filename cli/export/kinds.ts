/** What an export writes. Each kind of resource has a folder of its own, which the output of the program is named after, too. */
export const EXPORTED = {
  Segment: { one: "segment", many: "segments" },
  Audience: { one: "audience", many: "audiences" },
} as const;

export type ExportedKind = keyof typeof EXPORTED;

export const EXPORTED_KINDS = Object.keys(EXPORTED) as readonly ExportedKind[];

/** A resource of an exported program, and what it is called there. */
export interface NamedResource {
  /** At Adobe. */
  readonly id: string;
  /** The resource's name: `mobile-visitors`. */
  readonly resource: string;
  /** The constant's: `mobileVisitors`. */
  readonly identifier: string;
  /** Without folder and ending. */
  readonly file: string;
}
