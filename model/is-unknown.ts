/** Tells values that are not known yet (in a preview, or still an output in the program), at any depth. */
export type IsUnknown = (value: unknown) => boolean;
