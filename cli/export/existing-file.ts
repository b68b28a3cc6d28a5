/** A file in the folder of an export. */
export interface ExistingFile {
  /** Below the folder, with `/`. */
  readonly path: string;
  readonly content: string;
}
