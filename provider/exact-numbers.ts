import { exactNumbersText } from "../definition/exact-numbers";
import { UnexpectedAnswerError } from "./http/errors";
import type { OwnedNoun } from "./owned";

/** What of an object has numbers in it. */
const PARTS: Readonly<Record<OwnedNoun, string>> = { Segment: "definition", Audience: "expression" };

/** Pulumi's state is made of JavaScript's numbers: it would have something else than the service, which the next change would write. */
export function refuseExactNumbers(noun: OwnedNoun, id: string, value: unknown): void {
  const unsafeNumber = exactNumbersText(value);
  if (unsafeNumber === undefined) return;
  const word = noun.toLowerCase();
  throw new UnexpectedAnswerError({
    operation: `read ${word} ${id}`,
    method: "",
    path: "",
    happened: `its ${PARTS[noun]} has ${unsafeNumber}, which Pulumi's state would round`,
    advice: `Change it in the UI to a number of at most 15 digits, then run this again. Until then, pulumi up without --refresh leaves the ${word} alone.`,
  });
}
