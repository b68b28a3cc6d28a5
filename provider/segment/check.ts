import { equal } from "../../definition/equal";
import { definitionWarnings, segmentMistakes, withoutValue, type Mistake, type SegmentInputs } from "../../model";
import type { Segment } from "./segment";
import { didYouMeanText } from "../data-view/data-view";
import { CjaError } from "../http/errors";
import type { Values } from "../lifecycle";
import { hasUnknown, isUnknown } from "../unknown-values";
import { adoptionMistake, adoptionNotice, findAdopted } from "./adoption";
import { DesiredSegment } from "./desired";
import { keepOldOrder } from "./tags-and-shares";
import { readMetadata } from "./tags-and-shares-sync";
import type { SegmentServices } from "./services";
import type { MissingComponents, TargetCheck } from "./target-check";
import { refusalText } from "../verdict-cache";

/**
 * Finds every mistake in the arguments; asks the service only about a definition that is new or changed.
 *
 * @param warnOf gets what is odd in such a definition, but no mistake
 */
export async function check(
  services: SegmentServices,
  olds: Values,
  news: Values,
  { inputs: desired }: DesiredSegment,
  warnOf: (mistake: Mistake) => void,
): Promise<{ inputs: Values; mistakes: Mistake[] }> {
  const mistakes = segmentMistakes(news, isUnknown).map(withoutValue);
  if (mistakes.length > 0) return { inputs: news, mistakes };
  const inputs = keepOldIfEquivalent(olds, desired);
  if (isNewDefinition(olds, inputs, undefined))
    definitionWarnings(inputs.definition, isUnknown).map(withoutValue).forEach(warnOf);
  mistakes.push(...(await findServiceMistakes(services, olds, inputs, warnOf)));
  return { inputs: inputs as unknown as Values, mistakes };
}

/** Where only the text of the definition changed and not its meaning, or the order of a set, the old one stays, and no difference is shown. */
function keepOldIfEquivalent(olds: Values, inputs: SegmentInputs): SegmentInputs {
  const old = olds["definition"];
  const isEquivalent = old !== undefined && !hasUnknown(inputs.definition) && equal(old, inputs.definition);
  return { ...inputs, ...keepOldOrder(olds, inputs), ...(isEquivalent && { definition: old }) };
}

async function findServiceMistakes(
  services: SegmentServices,
  olds: Values,
  inputs: SegmentInputs,
  warnOf: (mistake: Mistake) => void,
): Promise<Mistake[]> {
  // A preview without credentials must be able to run: then all that needs a request is left to the run.
  if (services.validate === "apply" || isUnknown(inputs.dataViewId)) return [];
  const isNew = olds["name"] === undefined;
  const isAdopting =
    inputs.adoptId !== undefined && !isUnknown(inputs.adoptId) && (isNew || olds["dataViewId"] !== inputs.dataViewId);
  const adoptedSegment = isAdopting ? await findAdopted(services, inputs) : undefined;
  const mistake = isAdopting ? adoptionMistake(inputs, adoptedSegment) : undefined;
  if (mistake) return [mistake];
  // To the engine it is made new: what it writes over would be seen by nobody.
  if (adoptedSegment)
    services.info(adoptionNotice(adoptedSegment, await readMetadata(services, adoptedSegment, inputs), inputs));
  if (hasUnknown(inputs.definition) || !isNewDefinition(olds, inputs, adoptedSegment)) return [];
  const { checkTarget, targetCheck, warn } = services;
  const missingComponents = checkTarget === "always" ? await findTargetMistakes(targetCheck, inputs) : [];
  if (missingComponents.length > 0) return missingComponents;
  const refusals = services.validate === "never" ? [] : await findRefusals(services, inputs);
  if (checkTarget !== "warn" || refusals.length > 0) return refusals;
  const { dataViewId, definition } = inputs;
  const suspects = await targetCheck.findMissingOrSkip(dataViewId, definition, (error) =>
    warn(lookupFailedText(dataViewId, error)),
  );
  (await missingComponentMistakes(targetCheck, inputs, suspects)).forEach(warnOf);
  return [];
}

const lookupFailedText = (dataViewId: string, error: CjaError): string =>
  `The provider could not look up the dimensions and metrics of data view ${dataViewId}, so it does not notice misspelt names. To turn this check off, set cja:checkTarget to never. ${error.message}`;

async function findRefusals(services: SegmentServices, inputs: SegmentInputs): Promise<Mistake[]> {
  const { name } = inputs;
  try {
    const verdict = await services.verdicts.getVerdict(
      isUnknown(name) ? new DesiredSegment({ ...inputs, name: "" }) : new DesiredSegment(inputs),
    );
    return verdict.valid ? [] : [{ path: "definition", message: refusalText("definition", verdict) }];
  } catch (error) {
    const mistake = await findDataViewMistake(services, inputs, error);
    if (!mistake) throw error;
    return [mistake];
  }
}

/** What Adobe's validation says of a data view that it does not know; undefined where it has failed of something else. */
export async function findDataViewMistake(
  { checkTarget, targetCheck }: SegmentServices,
  { dataViewId }: SegmentInputs,
  error: unknown,
): Promise<Mistake | undefined> {
  if (!(error instanceof CjaError) || error.serviceMessage?.includes(dataViewId) !== true) return undefined;
  const suggestion = checkTarget === "never" ? "" : didYouMeanText(await targetCheck.suggestDataView(dataViewId));
  // What a refusal advises in general says nothing beside the one that was meant.
  const advice =
    suggestion === "" ? "Give the ID of a data view that the technical account of the credential can see." : "";
  const { message } = new CjaError({ ...error, advice });
  return { path: "dataViewId", message: `found ${JSON.stringify(dataViewId)}${suggestion || "."} ${message}` };
}

/** What the data view lacks, each with its place. */
export const findTargetMistakes = async (target: TargetCheck, inputs: SegmentInputs): Promise<Mistake[]> =>
  missingComponentMistakes(target, inputs, await target.findMissing(inputs.dataViewId, inputs.definition));

async function missingComponentMistakes(
  target: TargetCheck,
  { dataViewId }: SegmentInputs,
  suspects: MissingComponents,
): Promise<Mistake[]> {
  const quotedId = JSON.stringify(dataViewId);
  if (suspects === "no data view") {
    const suggestion = didYouMeanText(await target.suggestDataView(dataViewId));
    return [{ path: "dataViewId", message: `found ${quotedId}, but there is no such data view${suggestion}` }];
  }
  return suspects.map(({ id, path, nearest }) => ({
    path: `definition.${path}`,
    message: `found ${JSON.stringify(id)}, which the data view ${quotedId} does not have${nearest === undefined ? "" : `; did you mean ${JSON.stringify(nearest)}?`}`,
  }));
}

/** What the service has already is valid: asking again would cost a request for each adopted or unchanged segment. */
function isNewDefinition(olds: Values, inputs: SegmentInputs, adoptedSegment: Segment | undefined): boolean {
  if (adoptedSegment?.definition !== undefined) return !equal(adoptedSegment.definition, inputs.definition);
  return olds["dataViewId"] !== inputs.dataViewId || olds["definition"] !== inputs.definition;
}
