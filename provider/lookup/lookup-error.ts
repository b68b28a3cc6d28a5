/** What was looked for is not there, or is there more than once. The message is all that there is to say. */
export class LookupError extends Error {}
