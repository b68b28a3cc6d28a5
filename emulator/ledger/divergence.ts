/** Where the emulator differs from a document, or decides what no document says. */
export interface Divergence {
  readonly id: string;
  /** The document, by its short name. */
  readonly document:
    "segments guide" | "CJA OpenAPI" | "jobs guide" | "AEP OpenAPI" | "CJA FAQ" | "IMS reference" | "gateway" | "all";
  /** What the document says, or that it says nothing. */
  readonly statement: string;
  /** What the emulator does. */
  readonly here: string;
  readonly why: string;
  /** Name of another test that shows it, where there is one. */
  readonly proves?: string;
}
