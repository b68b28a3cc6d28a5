import { hash } from "../../definition/hash";
import {
  AUDIENCE_BODY_FIELDS,
  AUDIENCE_SERVICE_FIELDS,
  AUDIENCE_STATE_ARGUMENTS,
  type AudienceBodyField,
  type AudienceContent,
  type AudienceInputs,
  type AudienceServiceField,
  type AudienceStateArgument,
} from "../../model/audience-field-lists";
import type { AudienceValues } from "../../model/audience-fields";
import { omit, pick } from "../../model/fields";
import { withoutUndefined } from "../http/answer-fields";
import type { Values } from "../lifecycle";
import type { Audience } from "./audience";

/** What the engine keeps of an audience: the outputs of the resource. Old state must be readable for ever, so all of it may be absent. */
export interface AudienceState
  extends AudienceContent, Partial<Pick<AudienceValues, AudienceStateArgument | AudienceServiceField>> {
  /** The argument, where the program gives it. `sandboxName` is where the audience is. */
  readonly sandbox?: string;
  /** The fields of the body that the program does not say, and state has from the service. Those without a default are not compared. */
  readonly unsaid?: readonly AudienceBodyField[];
  /** Of the expression that the service answered to our own last write: it may rewrite what it is given. */
  readonly expressionDigest?: string;
  /** By which the records of who has which audience know this resource again. */
  readonly holderId?: string;
}

/** An audience in its sandbox. */
export interface PlacedAudience {
  readonly id: string;
  readonly sandbox: string;
  readonly state: AudienceState;
}

/** @returns undefined when there is nothing but an ID: a read through the `id` option, or an import. */
export const parseState = (values: Values): AudienceState | undefined =>
  typeof values["name"] === "string" ? (values as unknown as AudienceState) : undefined;

export const digest = (expression: unknown): string => hash(expression).slice(0, 16);

/** Where an audience is, and whose resource has it. */
export interface AudiencePlace {
  readonly orgId: string;
  readonly sandbox: string;
  readonly holderId: string | undefined;
}

/** The state after a write: the program's own words, and what the service said beside them. */
export function stateAfterWrite(inputs: AudienceInputs, audience: Audience, place: AudiencePlace): AudienceState {
  const answered = omit(pick(audience, AUDIENCE_BODY_FIELDS), ["name", "expression"]);
  return withPlace(inputs, place, {
    ...answered,
    ...pick(audience, AUDIENCE_SERVICE_FIELDS.filter(isAnswered)),
    ...(audience.expression !== undefined && { expressionDigest: digest(audience.expression) }),
  });
}

/** What the service said earlier: an answer to a write may have less. Of the expression, only the last answer counts. */
export const answeredBefore = (state: AudienceState) =>
  pick(state, [
    ...AUDIENCE_BODY_FIELDS.filter((name) => name !== "name" && name !== "expression"),
    ...AUDIENCE_SERVICE_FIELDS.filter(isAnswered),
  ]);

/** The state where nothing was written. */
export const stateWithoutWrite = (state: AudienceState, inputs: AudienceInputs, place: AudiencePlace): AudienceState =>
  withPlace(inputs, place, omit(state, [...AUDIENCE_STATE_ARGUMENTS, "sandbox", "name", "expression"]));

/** @param known what is known of it beside what the program says */
function withPlace(
  inputs: AudienceInputs,
  { orgId, sandbox, holderId }: AudiencePlace,
  known: Partial<AudienceState>,
): AudienceState {
  const said = { ...pick(inputs, AUDIENCE_BODY_FIELDS), ...pick(inputs, AUDIENCE_STATE_ARGUMENTS) };
  const unsaid = AUDIENCE_BODY_FIELDS.filter((name) => said[name] === undefined && known[name] !== undefined);
  return withoutUndefined<AudienceState>({
    ...known,
    ...said,
    sandbox: inputs.sandbox,
    unsaid,
    orgId,
    sandboxName: sandbox,
    holderId,
  });
}

/** What the provider itself knows. */
const isAnswered = (name: AudienceServiceField): name is Exclude<AudienceServiceField, "orgId" | "sandboxName"> =>
  name !== "orgId" && name !== "sandboxName";
