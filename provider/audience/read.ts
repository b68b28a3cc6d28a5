import { equalExpressions } from "../../definition/pql/expression";
import {
  AUDIENCE_BODY_FIELDS,
  AUDIENCE_DEFAULTS,
  AUDIENCE_SERVICE_FIELDS,
  isSameAudienceValue,
  type AudienceBodyField,
  type AudienceContent,
} from "../../model/audience-field-lists";
import { omit, pick } from "../../model/fields";
import { refuseExactNumbers } from "../exact-numbers";
import { withoutUndefined } from "../http/answer-fields";
import { NotFoundError, PermissionError } from "../http/errors";
import type { Values } from "../lifecycle";
import type { Audience } from "./audience";
import type { AudienceServices } from "./services";
import { digest, type AudienceState } from "./state";

type ReadResult = { readonly state: Values; readonly inputs: Values } | undefined;

/**
 * What the service has of an audience.
 *
 * @param state what is remembered; undefined for a read through the `id` option and for an import, where a missing one is an error.
 * @param sandbox where it is
 * @returns undefined when it is gone.
 */
export async function read(
  services: AudienceServices,
  id: string,
  state: AudienceState | undefined,
  sandbox: string,
): Promise<ReadResult> {
  const orgId = services.orgId();
  const place = { orgId, sandboxName: sandbox };
  if (!state) {
    const audience = await services.client.get(sandbox, id);
    if (!audience) throw notFoundError(id, sandbox);
    return firstRead(audience, place);
  }
  const audience = (await services.reader.find(sandbox, id)) ?? (await findByName(services, id, state.name, sandbox));
  return audience && laterRead(services, audience, state, place);
}

/**
 * An audience that the service says it does not know, where its listing has it nonetheless. A listing that is none, or of somebody
 * else's, throws.
 */
export async function findByName(
  { client }: AudienceServices,
  id: string,
  name: string,
  sandbox: string,
): Promise<Audience | undefined> {
  for await (const { items } of client.pages(sandbox, { name })) {
    const listed = items.find((one) => one.id === id);
    if (listed) return listed;
  }
  return undefined;
}

/** Whether it is certainly deleted. A preview that may send nothing does not find out; the delete does. */
export async function isGone(services: AudienceServices, id: string, state: AudienceState): Promise<boolean> {
  const sandbox = state.sandboxName ?? services.sandbox;
  if (!services.mayRequestInPreview) return false;
  return !((await services.reader.find(sandbox, id)) ?? (await findByName(services, id, state.name, sandbox)));
}

interface Place {
  readonly orgId: string;
  readonly sandboxName: string;
}

function firstRead(audience: Audience, place: Place): ReadResult {
  refuseExactNumbers("Audience", audience.id, audience.expression);
  const body = pick(audience, AUDIENCE_BODY_FIELDS);
  const unsaid = unsaidFields(body, ["name", "expression"]);
  const expressionDigest = audience.expression === undefined ? undefined : digest(audience.expression);
  return {
    inputs: saidInputs(body, unsaid),
    state: withoutUndefined<Values>({ ...body, ...serviceFields(audience), ...place, unsaid, expressionDigest }),
  };
}

async function laterRead(
  services: AudienceServices,
  audience: Audience,
  state: AudienceState,
  place: Place,
): Promise<ReadResult> {
  const hasDrifted = hasDriftedExpression(audience, state);
  if (hasDrifted) refuseExactNumbers("Audience", audience.id, audience.expression);
  const body = AUDIENCE_BODY_FIELDS.map((name) => {
    // What is absent and what it means are the same to the service; what the program says of the two is kept.
    const isKept =
      name === "expression"
        ? !hasDrifted
        : audience[name] === undefined || isSameAudienceValue(name, audience[name], state[name]);
    return [name, isKept ? state[name] : audience[name]] as const;
  });
  const found = withoutUndefined<Partial<AudienceContent>>(Object.fromEntries(body));
  const said = AUDIENCE_BODY_FIELDS.filter((name) => state[name] !== undefined && !state.unsaid?.includes(name));
  const unsaid = unsaidFields(found, said);
  const mergePolicy = await mergePolicyName(services, found.mergePolicyId, state, place.sandboxName);
  const args = withoutUndefined<Values>({ mergePolicy, deletionPolicy: state.deletionPolicy, sandbox: state.sandbox });
  return {
    inputs: { ...saidInputs(found, unsaid), ...args },
    state: {
      ...omit(state, [...AUDIENCE_BODY_FIELDS, "mergePolicy"]),
      ...found,
      ...args,
      ...serviceFields(audience),
      ...place,
      unsaid,
      ...(audience.expression !== undefined && { expressionDigest: digest(audience.expression) }),
    },
  };
}

const unsaidFields = (found: Partial<AudienceContent>, said: readonly AudienceBodyField[]) =>
  AUDIENCE_BODY_FIELDS.filter((name) => found[name] !== undefined && !said.includes(name));

/** Of what the program does not say, only what is not as leaving it out means. */
const saidInputs = (found: Partial<AudienceContent>, unsaid: readonly AudienceBodyField[]): Values =>
  omit(
    found,
    unsaid.filter((name) => AUDIENCE_DEFAULTS[name] === undefined || found[name] === AUDIENCE_DEFAULTS[name]),
  );

/** The name that a program would have to give now; undefined where it gives none, or the policy has none. */
async function mergePolicyName(
  { mergePolicies }: AudienceServices,
  id: string | undefined,
  state: AudienceState,
  sandbox: string,
): Promise<string | undefined> {
  if (state.mergePolicy === undefined || id === undefined || id === state.mergePolicyId) return state.mergePolicy;
  try {
    return (await mergePolicies.nameOf(sandbox, id)) ?? id;
  } catch (error) {
    // Who may read audiences may not read these: its ID says as well that it is another one.
    if (!(error instanceof PermissionError)) throw error;
    return id;
  }
}

/** The service may rewrite what it is given, so its expression is compared with its own answer to our last write. */
function hasDriftedExpression({ expression }: Audience, state: AudienceState): boolean {
  if (expression === undefined) return false;
  return digest(expression) !== state.expressionDigest && !equalExpressions(expression, state.expression);
}

const serviceFields = (audience: Audience) =>
  pick(
    audience,
    AUDIENCE_SERVICE_FIELDS.filter((name) => name !== "orgId" && name !== "sandboxName"),
  );

function notFoundError(id: string, sandbox: string): NotFoundError {
  return new NotFoundError({
    operation: `read audience ${id}`,
    method: "",
    path: "",
    happened: `there is no such audience in the sandbox ${JSON.stringify(sandbox)}`,
    advice: "Check the ID. For an audience in another sandbox, give Audience.get the option sandbox.",
  });
}
