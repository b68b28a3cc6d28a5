import { equalExpressions } from "../../definition/pql/expression";
import { audienceMistakes, audienceWarnings, withoutValue, type AudienceInputs, type Mistake } from "../../model";
import { audienceField, AUDIENCE_BODY_FIELDS, isSameAudienceValue } from "../../model/audience-field-lists";
import { PROFILE_SCHEMA } from "../../model/audience-fields";
import type { Values } from "../lifecycle";
import { hasUnknown, isUnknown } from "../unknown-values";
import { adoptionMistake, adoptionNotice } from "./adoption";
import type { Audience } from "./audience";
import { inputsOf } from "./desired";
import type { NamedPolicy } from "./merge-policies-by-name";
import type { AudienceServices } from "./services";

/**
 * Finds every mistake in the arguments; asks the service only about what is new or changed.
 *
 * @param warnOf gets what is odd in an expression, but no mistake
 */
export async function check(
  services: AudienceServices,
  olds: Values,
  news: Values,
  warnOf: (mistake: Mistake) => void,
): Promise<{ inputs: Values; mistakes: Mistake[] }> {
  const mistakes = audienceMistakes(news, isUnknown).map(withoutValue);
  if (mistakes.length > 0) return { inputs: news, mistakes };
  const inputs = keepOldIfEquivalent(olds, inputsOf(news));
  if (olds["expression"] !== inputs.expression)
    audienceWarnings(inputs.expression, isUnknown).map(withoutValue).forEach(warnOf);
  const serviceMistakes = services.mayRequestInPreview ? await findServiceMistakes(services, olds, inputs, warnOf) : [];
  return { inputs: inputs as unknown as Values, mistakes: serviceMistakes };
}

/** Where only the text of the expression changed and not its meaning, or the order of a set, the old one stays, and no difference is shown. */
function keepOldIfEquivalent(olds: Values, inputs: AudienceInputs): AudienceInputs {
  const { expression, labels } = olds;
  const isSameExpression =
    expression !== undefined && !hasUnknown(inputs.expression) && equalExpressions(expression, inputs.expression);
  const isSameSet =
    Array.isArray(labels) && !hasUnknown(inputs.labels) && isSameAudienceValue("labels", labels, inputs.labels);
  return {
    ...inputs,
    ...(isSameExpression && { expression }),
    ...(isSameSet && { labels: labels as readonly string[] }),
  };
}

async function findServiceMistakes(
  services: AudienceServices,
  olds: Values,
  inputs: AudienceInputs,
  warnOf: (mistake: Mistake) => void,
): Promise<Mistake[]> {
  const { reader, info } = services;
  const { adoptId } = inputs;
  const sandbox = inputs.sandbox ?? services.sandbox;
  if (isUnknown(sandbox)) return [];
  const isNew = olds["name"] === undefined || olds["sandbox"] !== inputs.sandbox;
  const isChanged = (name: keyof AudienceInputs) => isNew || olds[name] !== inputs[name];
  const lost = await findLostArguments(services, inputs, sandbox, isChanged);
  const policy = inputs.mergePolicy === undefined ? "mergePolicyId" : "mergePolicy";
  const isNewPolicy =
    inputs[policy] !== undefined &&
    (isChanged(policy) || (isChanged("evaluation") && (inputs.evaluation ?? "batch") !== "batch"));
  const found = isNewPolicy ? await findMergePolicy(services, inputs, sandbox, warnOf) : {};
  const mistakes = [...lost, ...(found.mistake ? [found.mistake] : [])];
  const isAdopting = adoptId !== undefined && !isUnknown(adoptId) && isNew && mistakes.length === 0;
  const adopted = isAdopting ? await reader.find(sandbox, adoptId) : undefined;
  const mistake = isAdopting ? adoptionMistake(inputs, sandbox, adopted) : undefined;
  if (mistake) return [mistake];
  // To the engine it is made new: what it writes over would be seen by nobody.
  if (adopted) info(adoptionNotice(adopted, inputs, found.id ?? inputs.mergePolicyId));
  const isNewRule = isChanged("expression") || isChanged("schemaName");
  const refusal =
    isNewRule && !isSameExpression(adopted, inputs) ? await findRefusal(services, inputs, sandbox) : undefined;
  return [...mistakes, ...(refusal ? [refusal] : [])];
}

/** What the service has already is valid. */
const isSameExpression = (adopted: Audience | undefined, { expression }: AudienceInputs): boolean =>
  adopted?.expression !== undefined && equalExpressions(adopted.expression, expression);

async function findRefusal(
  { expressions }: AudienceServices,
  { name, schemaName = PROFILE_SCHEMA, expression }: AudienceInputs,
  sandbox: string,
) {
  return hasUnknown([schemaName, expression])
    ? undefined
    : expressions?.findMistake(sandbox, { name: isUnknown(name) ? "unnamed" : name, schemaName, expression });
}

/** The policy that the program gives by its name or ID; neither where it gives none, or what is not known yet. */
async function findMergePolicy(
  services: AudienceServices,
  inputs: AudienceInputs,
  sandbox: string,
  warnOf: (mistake: Mistake) => void,
): Promise<{ readonly id?: string; readonly mistake?: Mistake }> {
  const { schemaName = PROFILE_SCHEMA, evaluation = "batch" } = inputs;
  const path = inputs.mergePolicy === undefined ? "mergePolicyId" : "mergePolicy";
  const knownSchema = isUnknown(schemaName) ? undefined : schemaName;
  const found = await lookUpMergePolicy(services, inputs, sandbox, knownSchema, warnOf);
  if (found === undefined) return {};
  if ("mistake" in found) return { mistake: found.mistake };
  const { id, activeOnEdge, schemaName: merged = schemaName } = found.policy;
  if (knownSchema !== undefined && merged !== knownSchema)
    warnOf({ path, message: `this merge policy is for ${merged}, and the audience is made of ${knownSchema}` });
  if (activeOnEdge === false && (evaluation === "streaming" || evaluation === "edge"))
    warnOf({
      path,
      message: `this merge policy is not active on edge, which evaluation ${JSON.stringify(evaluation)} needs: Adobe may evaluate the audience in batch`,
    });
  return { id };
}

async function lookUpMergePolicy(
  { mergePolicies }: AudienceServices,
  { mergePolicy, mergePolicyId }: AudienceInputs,
  sandbox: string,
  schemaName: string | undefined,
  warnOf: (mistake: Mistake) => void,
): Promise<NamedPolicy | undefined> {
  if (mergePolicy !== undefined)
    return isUnknown(mergePolicy) ? undefined : mergePolicies.find(sandbox, mergePolicy, schemaName);
  if (mergePolicyId === undefined || isUnknown(mergePolicyId)) return undefined;
  const found = await mergePolicies.findById(sandbox, mergePolicyId, schemaName);
  const message =
    "could not be looked up, since the account may not list merge policies; Adobe checks it when it is written";
  if (!found) warnOf({ path: "mergePolicyId", message });
  return found;
}

/** The older form of the service keeps none of these. */
async function findLostArguments(
  { client }: AudienceServices,
  inputs: AudienceInputs,
  sandbox: string,
  isChanged: (name: keyof AudienceInputs) => boolean,
): Promise<Mistake[]> {
  const onlyInNewer = AUDIENCE_BODY_FIELDS.filter(
    (name) => audienceField(name).form === "audiences" && inputs[name] !== undefined,
  );
  const needed = [
    ...onlyInNewer,
    ...(inputs.deletionPolicy === "deactivate" ? (["deletionPolicy"] as const) : []),
  ].filter(isChanged);
  if (needed.length === 0 || (await client.form(sandbox)) === "audiences") return [];
  return needed.map((path) => ({
    path,
    message:
      "this organisation's Experience Platform answers only the older API, /segment/definitions, which has no lifecycle and no labels; " +
      (path === "deletionPolicy" ? 'give "delete" or "retain"' : "leave it out"),
  }));
}
