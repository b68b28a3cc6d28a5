import { formatMistake, type SegmentInputs } from "../../model";
import { InvalidRequestError } from "../http/errors";
import { findDataViewMistake, findTargetMistakes } from "./check";
import type { DesiredSegment } from "./desired";
import type { SegmentServices } from "./services";
import { refusalText } from "../verdict-cache";

/** Throws where a definition that is about to be written is refused, or names what its data view does not have. */
export async function validateDefinition(services: SegmentServices, desired: DesiredSegment): Promise<void> {
  const { inputs } = desired;
  const { checkTarget } = services;
  const checksTarget = checkTarget === "always" || checkTarget === "apply";
  const missingComponents = checksTarget ? await findTargetMistakes(services.targetCheck, inputs) : [];
  if (missingComponents.length > 0) throw refusalError(inputs, missingComponents.map(formatMistake).join("; "));
  if (services.validate === "never") return;
  const verdict = await services.verdicts.getVerdict(desired).catch(async (error: unknown) => {
    const mistake = await findDataViewMistake(services, inputs, error);
    throw mistake ? refusalError(inputs, formatMistake(mistake)) : error;
  });
  if (!verdict.valid) throw refusalError(inputs, refusalText("definition", verdict));
}

const refusalError = ({ name }: SegmentInputs, happened: string) =>
  new InvalidRequestError({
    operation: `write segment ${JSON.stringify(name)}`,
    method: "",
    path: "",
    happened,
    advice: "Nothing was written. Correct the definition.",
  });
