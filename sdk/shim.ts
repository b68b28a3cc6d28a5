/**
 * What the engine's provider process evaluates to find the code of a resource. It stands in the state of every resource
 * (docs/decisions/constant-provider-text.md): changing one character would make a change of every resource of every user,
 * and old state must load for ever. It names the code instead of holding it, so that a fixed bug reaches old state.
 */
export const SEGMENT_PROVIDER = 'exports.handler = () => require("pulumi-cja/provider").segment';
/** The same for segment jobs. */
export const SEGMENT_JOB_PROVIDER = 'exports.handler = () => require("pulumi-cja/provider").segmentJob';
/** What refuses a whole program; it never reaches a state. */
export const PROGRAM_PROVIDER = 'exports.handler = () => require("pulumi-cja/provider").program';
