const BRAND = Symbol.for("pulumi-cja.ExactNumber");

/**
 * A number of a JSON text that JavaScript's numbers cannot hold: `9007199254740993`, `0.12345678901234567890`, `1e400`, `-0`.
 * It is its text, and nothing can calculate with it. `writeJson` writes it as it was read.
 *
 * Everything that does not know it fails by the number's name: a rounded number, or an object in its place, would be
 * written to the service without a word.
 */
export class ExactNumber {
  /** A property of its own, so that a copy made field by field can no more be written than the number itself. */
  readonly toJSON = refuse;

  /** @param text as it stands in the JSON */
  constructor(readonly text: string) {}

  /** @internal Marks it for other copies of this module, too: the SDK and the definition language are files of their own. */
  get [BRAND](): true {
    return true;
  }

  toString(): string {
    return this.text;
  }

  [Symbol.toPrimitive](hint: string): string {
    if (hint !== "number") return this.text;
    throw new ExactNumberError(this.text);
  }
}

function refuse(this: { readonly text: string }): never {
  throw new ExactNumberError(this.text);
}

/** Somebody treats a number as one of JavaScript's that is none. */
export class ExactNumberError extends TypeError {
  override readonly name = "ExactNumberError";

  constructor(readonly number: string) {
    super(`the number ${shown(number)} has more digits or a larger exponent than JavaScript's numbers hold`);
  }
}

export const isExactNumber = (value: unknown): value is ExactNumber =>
  typeof value === "object" && value !== null && BRAND in value;

/** Whether an error says that of a number; the class may be of another copy of this module. */
export const isExactNumberError = (error: unknown): error is ExactNumberError =>
  error instanceof Error && error.name === "ExactNumberError";

/** The number in a message: a number may have a million digits. */
export const shown = (number: string): string => (number.length > 60 ? `${number.slice(0, 57)}…` : number);
