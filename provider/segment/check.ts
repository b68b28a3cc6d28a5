import { equal } from "../../definition/equal";
import { segmentMistakes, withoutValue, type Mistake, type SegmentInputs } from "../../inputs";
import type { Segment } from "../api/segment";
import { CjaError } from "../http/errors";
import type { Values } from "../lifecycle";
import { hasUnknown, isUnknown } from "../unknown-values";
import { adoptionMistake, adoptionNote, findAdopted, metadataOf } from "./adoption";
import { inOldOrder } from "./metadata";
import type { SegmentServices } from "./services";
import { contentOf, inputsOf } from "./state";
import type { Target } from "./target";
import { refusal } from "./verdicts";

/** Finds every mistake in the arguments; asks the service only about a definition that is new or changed. */
export async function check(
  services: SegmentServices,
  olds: Values,
  news: Values,
): Promise<{ inputs: Values; mistakes: Mistake[] }> {
  const mistakes = segmentMistakes(news, isUnknown).map(withoutValue);
  if (mistakes.length > 0) return { inputs: news, mistakes };
  const inputs = quiet(olds, inputsOf(news));
  mistakes.push(...(await serviceMistakes(services, olds, inputs)));
  return { inputs: inputs as unknown as Values, mistakes };
}

/** Where only the text of the definition changed and not its meaning, or the order of a set, the old one stays, and no difference is shown. */
function quiet(olds: Values, inputs: SegmentInputs): SegmentInputs {
  const old = olds["definition"];
  const same = old !== undefined && !hasUnknown(inputs.definition) && equal(old, inputs.definition);
  return { ...inputs, ...inOldOrder(olds, inputs), ...(same && { definition: old }) };
}

async function serviceMistakes(services: SegmentServices, olds: Values, inputs: SegmentInputs): Promise<Mistake[]> {
  // A preview without credentials must be able to run: then all that needs a request is left to the run.
  if (services.validate === "apply" || isUnknown(inputs.dataViewId)) return [];
  const isNew = olds["name"] === undefined;
  const adopts =
    inputs.adoptId !== undefined && !isUnknown(inputs.adoptId) && (isNew || olds["dataViewId"] !== inputs.dataViewId);
  const adopted = adopts ? await findAdopted(services, inputs) : undefined;
  const mistake = adopts ? adoptionMistake(inputs, adopted) : undefined;
  if (mistake) return [mistake];
  // To the engine it is made new: what it writes over would be seen by nobody.
  if (adopted) services.say(adoptionNote(adopted, await metadataOf(services, adopted, inputs), inputs));
  if (hasUnknown(inputs.definition) || !isNewDefinition(olds, inputs, adopted)) return [];
  const missing = services.checkTarget === "always" ? await targetMistakes(services.target, inputs) : [];
  if (missing.length > 0 || services.validate === "never") return missing;
  return verdictMistakes(services, inputs);
}

async function verdictMistakes({ verdicts }: SegmentServices, inputs: SegmentInputs): Promise<Mistake[]> {
  const { name, dataViewId } = inputs;
  try {
    const verdict = await verdicts.of({ ...contentOf(inputs), name: isUnknown(name) ? "" : name });
    return verdict.valid ? [] : [{ path: "definition", message: refusal(verdict) }];
  } catch (error) {
    if (!(error instanceof CjaError) || error.serviceMessage?.includes(dataViewId) !== true) throw error;
    return [{ path: "dataViewId", message: `found ${JSON.stringify(dataViewId)}. ${error.message}` }];
  }
}

/** What the data view lacks, each with its place. */
export async function targetMistakes(target: Target, { dataViewId, definition }: SegmentInputs): Promise<Mistake[]> {
  const missing = await target.missing(dataViewId, definition);
  if (missing === "no data view")
    return [{ path: "dataViewId", message: `found ${JSON.stringify(dataViewId)}, and there is no such data view` }];
  return missing.map(({ id, path }) => ({
    path: `definition.${path}`,
    message: `found ${JSON.stringify(id)}, which the data view ${JSON.stringify(dataViewId)} does not have`,
  }));
}

/** What the service has already is valid: asking again would cost a request for each adopted or unchanged segment. */
function isNewDefinition(olds: Values, inputs: SegmentInputs, adopted: Segment | undefined): boolean {
  if (adopted?.definition !== undefined) return !equal(adopted.definition, inputs.definition);
  return olds["dataViewId"] !== inputs.dataViewId || olds["definition"] !== inputs.definition;
}
