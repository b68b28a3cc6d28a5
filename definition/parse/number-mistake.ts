import { describe, type Shape } from "../shape";
import type { Expectation } from "./visit";

/**
 * What is wrong with a number of a program, whose digits are gone already where JavaScript does not hold them: the literal
 * 9007199254740993 is the number 9007199254740992. An `ExactNumber` has lost nothing.
 */
export function numberMistake(found: Extract<Shape, { is: "number" }>, expected: Expectation): string | undefined {
  const { value } = found;
  if (Object.is(value, -0)) return "found the number -0, which would be sent as 0; write 0";
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return undefined;
  const why = `which may be another one rounded (JavaScript holds whole numbers up to ±${Number.MAX_SAFE_INTEGER})`;
  return `found ${describe(found)}, ${why}; ${instead(expected)}`;
}

function instead({ is }: Expectation): string {
  if (is === "text" || is === "texts" || is === "name") return "write it as a text, in quotes";
  if (is === "number" || is === "numbers")
    return 'write a smaller number or, if it is an ID, compare it as a text ("streq")';
  return "write a smaller number or, if the service takes one there, a text";
}
