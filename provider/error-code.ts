/**
 * The code of a system error, as `ENOENT`; `undefined` for anything else. Not by `instanceof`: Node's own errors are of
 * another realm where code runs in a context, as in Jest.
 */
export function errorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** What an error says, whatever was thrown. */
export function errorMessage(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error ? String(error.message) : String(error);
}
