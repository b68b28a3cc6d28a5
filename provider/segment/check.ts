import { equal } from "../../definition/equal";
import { definitionDoubts, segmentMistakes, withoutValue, type Mistake, type SegmentInputs } from "../../model";
import type { Segment } from "./segment";
import { didYouMean } from "../data-view/data-view";
import { CjaError } from "../http/errors";
import type { Values } from "../lifecycle";
import { hasUnknown, isUnknown } from "../unknown-values";
import { adoptionMistake, adoptionNote, findAdopted, metadataOf } from "./adoption";
import { Desired } from "./desired";
import { inOldOrder } from "./metadata";
import type { SegmentServices } from "./services";
import type { Lacking, Target } from "./target-check";
import { refusal } from "./verdict-cache";

/**
 * Finds every mistake in the arguments; asks the service only about a definition that is new or changed.
 *
 * @param doubt told of what is odd in such a definition and no mistake
 */
export async function check(
  services: SegmentServices,
  olds: Values,
  news: Values,
  { inputs: desired }: Desired,
  doubt: (mistake: Mistake) => void,
): Promise<{ inputs: Values; mistakes: Mistake[] }> {
  const mistakes = segmentMistakes(news, isUnknown).map(withoutValue);
  if (mistakes.length > 0) return { inputs: news, mistakes };
  const inputs = quiet(olds, desired);
  if (isNewDefinition(olds, inputs, undefined))
    definitionDoubts(inputs.definition, isUnknown).map(withoutValue).forEach(doubt);
  mistakes.push(...(await serviceMistakes(services, olds, inputs, doubt)));
  return { inputs: inputs as unknown as Values, mistakes };
}

/** Where only the text of the definition changed and not its meaning, or the order of a set, the old one stays, and no difference is shown. */
function quiet(olds: Values, inputs: SegmentInputs): SegmentInputs {
  const old = olds["definition"];
  const same = old !== undefined && !hasUnknown(inputs.definition) && equal(old, inputs.definition);
  return { ...inputs, ...inOldOrder(olds, inputs), ...(same && { definition: old }) };
}

async function serviceMistakes(
  services: SegmentServices,
  olds: Values,
  inputs: SegmentInputs,
  doubt: (mistake: Mistake) => void,
): Promise<Mistake[]> {
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
  const { checkTarget, target, warn } = services;
  const missing = checkTarget === "always" ? await targetMistakes(target, inputs) : [];
  if (missing.length > 0) return missing;
  const refused = services.validate === "never" ? [] : await verdictMistakes(services, inputs);
  if (checkTarget !== "warn" || refused.length > 0) return refused;
  const { dataViewId, definition } = inputs;
  const lacking = await target.suspected(dataViewId, definition, (error) => warn(unseenText(dataViewId, error)));
  (await lackingMistakes(target, inputs, lacking)).forEach(doubt);
  return [];
}

const unseenText = (dataViewId: string, error: CjaError): string =>
  `The dimensions and metrics of data view ${dataViewId} could not be looked up, so a typo in their names is not found; cja:checkTarget never ends the look. ${error.message}`;

async function verdictMistakes(services: SegmentServices, inputs: SegmentInputs): Promise<Mistake[]> {
  const { name } = inputs;
  try {
    const verdict = await services.verdicts.of(
      isUnknown(name) ? new Desired({ ...inputs, name: "" }) : new Desired(inputs),
    );
    return verdict.valid ? [] : [{ path: "definition", message: refusal(verdict) }];
  } catch (error) {
    const mistake = await dataViewMistake(services, inputs, error);
    if (!mistake) throw error;
    return [mistake];
  }
}

/** What Adobe's validation says of a data view that it does not know; undefined where it has failed of something else. */
export async function dataViewMistake(
  { checkTarget, target }: SegmentServices,
  { dataViewId }: SegmentInputs,
  error: unknown,
): Promise<Mistake | undefined> {
  if (!(error instanceof CjaError) || error.serviceMessage?.includes(dataViewId) !== true) return undefined;
  const meant = checkTarget === "never" ? "" : didYouMean(await target.viewMeant(dataViewId));
  // What a refusal advises in general says nothing beside the one that was meant.
  const advice = meant === "" ? "Give the ID of a data view that the technical account of the credential can see." : "";
  const { message } = new CjaError({ ...error, advice });
  return { path: "dataViewId", message: `found ${JSON.stringify(dataViewId)}${meant || "."} ${message}` };
}

/** What the data view lacks, each with its place. */
export const targetMistakes = async (target: Target, inputs: SegmentInputs): Promise<Mistake[]> =>
  lackingMistakes(target, inputs, await target.missing(inputs.dataViewId, inputs.definition));

async function lackingMistakes(target: Target, { dataViewId }: SegmentInputs, lacking: Lacking): Promise<Mistake[]> {
  const view = JSON.stringify(dataViewId);
  if (lacking === "no data view") {
    const meant = didYouMean(await target.viewMeant(dataViewId));
    return [{ path: "dataViewId", message: `found ${view}, and there is no such data view${meant}` }];
  }
  return lacking.map(({ id, path, nearest }) => ({
    path: `definition.${path}`,
    message: `found ${JSON.stringify(id)}, which the data view ${view} does not have${nearest === undefined ? "" : `; did you mean ${JSON.stringify(nearest)}?`}`,
  }));
}

/** What the service has already is valid: asking again would cost a request for each adopted or unchanged segment. */
function isNewDefinition(olds: Values, inputs: SegmentInputs, adopted: Segment | undefined): boolean {
  if (adopted?.definition !== undefined) return !equal(adopted.definition, inputs.definition);
  return olds["dataViewId"] !== inputs.dataViewId || olds["definition"] !== inputs.definition;
}
