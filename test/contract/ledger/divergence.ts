/** Where the emulator differs from a document, or decides what no document says. */
export interface Divergence {
  /** Its short name, by which a test proves it. */
  readonly id: string;
  /** The document, by its short name. */
  readonly document:
    | "segments guide"
    | "tags page"
    | "shares page"
    | "CJA OpenAPI"
    | "jobs guide"
    | "AEP OpenAPI"
    | "definitions guide"
    | "audiences guide"
    | "eligibility page"
    | "merge policies page"
    | "previews guide"
    | "reporting pages"
    | "aepp"
    | "CJA FAQ"
    | "IMS reference"
    | "gateway"
    | "all";
  /** What the document says, or that it says nothing. */
  readonly statement: string;
  /** What the emulator does. */
  readonly here: string;
  /** Why it is so. */
  readonly why: string;
  /** Name of another test that shows it, where there is one. */
  readonly proves?: string;
}
