/** Tells values that are not known yet (in a preview, or still an output in the program), at any depth. */
export type IsUnknown = (value: unknown) => boolean;

/** How the engine writes, in a preview, a value that is not known yet (`rpc.unknownValue` of its SDK). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
