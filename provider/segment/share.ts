/** The older kind of ID is a 32-bit number (OpenAPI document, `shareToId`); any other one is an IMS ID, whatever it looks like. */
export const isNumericId = (id: string): boolean => /^(0|[1-9]\d{0,9})$/.test(id) && Number(id) < 2 ** 31;

/** With whom a component is shared, as the service tells it. */
export interface Share {
  /** `user`, `group` or `all`; kept as text, since a kind that is new to us is no reason to fail. */
  readonly to: string;
  /** The IMS ID and the number of whom it is shared with, as far as they are told; the first is the one to show. */
  readonly ids: readonly string[];
  readonly access?: string;
  /** Where it was asked for. */
  readonly name?: string;
}
