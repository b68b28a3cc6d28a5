import { mistakeLine, type SegmentInputs } from "../../model";
import { InvalidRequestError } from "../http/errors";
import { dataViewMistake, targetMistakes } from "./check";
import type { Desired } from "./desired";
import type { SegmentServices } from "./services";
import { refusal } from "./verdict-cache";

/** Throws where a definition that is about to be written is refused, or names what its data view does not have. */
export async function validate(services: SegmentServices, desired: Desired): Promise<void> {
  const { inputs } = desired;
  const { checkTarget } = services;
  const looks = checkTarget === "always" || checkTarget === "apply";
  const missing = looks ? await targetMistakes(services.target, inputs) : [];
  if (missing.length > 0) throw refusing(inputs, missing.map(mistakeLine).join("; "));
  if (services.validate === "never") return;
  const verdict = await services.verdicts.of(desired).catch(async (error: unknown) => {
    const mistake = await dataViewMistake(services, inputs, error);
    throw mistake ? refusing(inputs, mistakeLine(mistake)) : error;
  });
  if (!verdict.valid) throw refusing(inputs, refusal(verdict));
}

const refusing = ({ name }: SegmentInputs, happened: string) =>
  new InvalidRequestError({
    operation: `write segment ${JSON.stringify(name)}`,
    method: "",
    path: "",
    happened,
    advice: "Nothing was written. Correct the definition.",
  });
