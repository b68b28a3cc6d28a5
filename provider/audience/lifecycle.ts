import { formatMistake, type AudienceInputs, type Mistake } from "../../model";
import type { AudienceBodyField, AudienceContent } from "../../model/audience-field-lists";
import { PROFILE_SCHEMA } from "../../model/audience-fields";
import { CheckedUrns } from "../create-once";
import { errorMessage } from "../error-code";
import { InvalidRequestError } from "../http/errors";
import { KeyedMutex } from "../keyed-mutex";
import { StartedButFailedError, type Lifecycle, type Planner, type Values } from "../lifecycle";
import { logOnce } from "../log-once";
import { refuseOtherOrganisation } from "../organisation";
import { Ownership } from "../ownership";
import type { ProgramResource } from "../program-resource";
import { adoptionMistake } from "./adoption";
import type { Audience } from "./audience";
import { check } from "./check";
import { createAudience } from "./creation";
import { deactivate, logKept, refuseIfUsed, refuseReadOnly, remove } from "./deletion";
import { contentOf, inputsOf, keyOf } from "./desired";
import { changedFields, diff, replacingArguments, updatingArguments } from "./diff";
import { confirmEvaluation } from "./evaluation";
import { plannedState } from "./plan";
import { isGone, read } from "./read";
import { planReplacement } from "./replacement";
import type { AudienceServices } from "./services";
import {
  answeredBefore,
  parseState,
  stateAfterWrite,
  stateWithoutWrite,
  type AudienceState,
  type PlacedAudience,
} from "./state";
import { explainTakenName } from "./taken-name";

/** The life of an audience: observe, ensure, return. The service is the truth, state is memory. */
export class AudienceLifecycle implements Lifecycle, Planner {
  private readonly owners: Ownership<AudienceState>;
  private readonly mutex = new KeyedMutex();
  private readonly checkedUrns = new CheckedUrns();
  /** What this run deletes, as far as it is known: a use by one of these is none. */
  private readonly leavingIds = new Set<string>();
  private readonly plannedIds = new Set<string>();
  /** Whether this process works for a program. */
  private isProgramRun = false;
  private readonly warnOnce: (text: string) => void;

  constructor(private readonly services: AudienceServices) {
    this.warnOnce = logOnce(services.warn);
    this.owners = new Ownership("Audience", services, (id, state: AudienceState) => isGone(services, id, state));
  }

  async check(olds: Values, news: Values, resource?: ProgramResource) {
    this.isProgramRun = true;
    const owned = await this.owners.adoptionMistake(news["adoptId"], olds["name"] === undefined, resource);
    if (owned) return { inputs: news, mistakes: [owned] };
    const label = resource?.label ?? `Audience ${JSON.stringify(news["name"])}`;
    const warnOf = (mistake: Mistake) => this.warnOnce(`${label}: ${formatMistake(mistake)}`);
    const checked = await check(this.services, olds, news, warnOf);
    if (checked.mistakes.length > 0) return checked;
    if (resource) this.checkedUrns.add(this.keyOf(inputsOf(news)), resource.urn);
    if (olds["name"] === undefined) this.services.audiencesOfRun.planAdoption(inputsOf(checked.inputs));
    return checked;
  }

  async diff(id: string, state: Values, news: Values, resource?: ProgramResource) {
    const inputs = inputsOf(news);
    // The engine asks before it deletes what depends on something deleted first, and checks that only afterwards.
    this.owners.reserveForAdoption(inputs.adoptId, resource);
    refuseOtherOrganisation(state, this.services.orgId);
    this.leavingIds.delete(id);
    if (this.isProgramRun) this.plannedIds.add(id);
    const oldState = requireState(state);
    const found = diff(oldState, inputs, this.services.sandbox);
    await this.services.intents.markInState(id);
    // A refresh compares as well, but plans nothing.
    const result = this.isProgramRun
      ? await planReplacement(this.services, this.place(id, oldState), inputs, found)
      : found;
    if (result.kind !== "replace") {
      this.owners.refuseOtherAdoption(id, inputs.adoptId);
      await this.owners.confirm(id, oldState, resource);
    } else if (this.isProgramRun && (await this.owners.mayDelete(id, oldState, "replace")))
      await this.refuseUsed(id, oldState, "replace");
    const audience = this.place(id, oldState);
    if (this.isProgramRun && result.kind !== "replace" && this.services.audiencesOfRun.planUpdate(audience, inputs))
      refuseReadOnly(audience, "update");
    return result;
  }

  async create(values: Values, resource?: ProgramResource) {
    const inputs = inputsOf(values);
    const orgId = this.services.orgId();
    const { id, state } =
      inputs.adoptId === undefined
        ? await this.createNew(inputs, orgId, resource)
        : await this.adopt(inputs, inputs.adoptId, orgId, resource);
    return { id, state: state as unknown as Values };
  }

  async read(id: string, state: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    if (Object.keys(state).length > 0) await this.services.intents.markInState(id);
    const givenSandbox = typeof state["sandbox"] === "string" ? state["sandbox"] : this.services.sandbox;
    const oldState = parseState(state);
    return read(this.services, id, oldState, oldState?.sandboxName ?? givenSandbox);
  }

  async update(id: string, state: Values, news: Values, resource?: ProgramResource) {
    refuseOtherOrganisation(state, this.services.orgId);
    const inputs = inputsOf(news);
    const oldState = requireState(state);
    const { sandbox } = this.place(id, oldState);
    const written = await this.ensure(this.place(id, oldState), oldState, inputs);
    const holderId = oldState.holderId ?? (await this.owners.record(id, resource));
    const place = { orgId: this.services.orgId(), sandbox, holderId };
    const newState = written
      ? stateAfterWrite(inputs, { ...answeredBefore(oldState), ...written }, place)
      : stateWithoutWrite(oldState, inputs, place);
    return newState as unknown as Values;
  }

  async delete(id: string, state: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    const oldState = requireState(state);
    await this.services.intents.markInState(id);
    return this.owners.letGo(id, oldState, () => this.removeIfAllowed(id, oldState));
  }

  deletionCheck(id: string, state: Values) {
    const oldState = parseState(state);
    if (!oldState || oldState.deletionPolicy === "retain" || oldState.deletionPolicy === "deactivate") return undefined;
    if (!this.plannedIds.has(id)) this.leavingIds.add(id);
    return async () => {
      refuseOtherOrganisation(state, this.services.orgId);
      if (await this.owners.mayDelete(id, oldState, "delete")) await this.refuseUsed(id, oldState, "delete");
    };
  }

  changed(state: Values, news: Values) {
    const [oldState, inputs] = [requireState(state), inputsOf(news)];
    const replacing = replacingArguments(oldState, inputs, this.services.sandbox);
    return [...replacing, ...updatingArguments(oldState, inputs)];
  }

  planned(inputs: Values, state: Values | undefined, orgId: string | undefined) {
    const { sandbox } = this.services;
    return plannedState(inputsOf(inputs), state && requireState(state), { orgId, sandbox });
  }

  private async removeIfAllowed(id: string, state: AudienceState): Promise<boolean> {
    const audience = this.place(id, state);
    if (state.deletionPolicy === "retain") {
      logKept(this.services, audience);
      return false;
    }
    if (!(await this.owners.mayDelete(id, state, "delete", true))) return false;
    refuseReadOnly(audience, "delete");
    if (state.deletionPolicy === "deactivate") {
      await deactivate(this.services, audience);
      return false;
    }
    await remove(this.services, audience);
    return true;
  }

  private async refuseUsed(id: string, state: AudienceState, action: "replace" | "delete"): Promise<void> {
    if (state.deletionPolicy !== "refuseIfUsed" || (action === "replace" && !this.services.mayRequestInPreview)) return;
    // What is replaced goes while the program has not named all that uses it.
    const isLeaving = (one: string) => !this.plannedIds.has(id) && this.leavingIds.has(one);
    await refuseIfUsed(this.services, this.place(id, state), action, isLeaving);
  }

  private async createNew(inputs: AudienceInputs, orgId: string, resource: ProgramResource | undefined) {
    const { services, owners } = this;
    const sandbox = inputs.sandbox ?? services.sandbox;
    const key = this.keyOf(inputs);
    // Of two alike, the one that looks for what it made must know what the other has got.
    const urn = this.checkedUrns.urnIfUnique(key, resource?.urn);
    const content = contentOf(inputs, await this.mergePolicyIdOf(inputs, sandbox));
    const { created, intent, takenOver } = await this.mutex.runExclusive(key, async () => {
      const isManaged = (id: string) => this.plannedIds.has(id);
      const creation = await createAudience(services, { sandbox, content, key, urn, isManaged }, owners.createdIds);
      owners.createdIds.add(creation.created.id);
      return creation;
    });
    try {
      const holderId = await owners.record(created.id, resource, intent.id);
      const place = { orgId, sandbox, holderId };
      // What is left: an inactive one is made as another, and an interrupted run may have got less far.
      const left = takenOver || content.lifecycle === "inactive" ? changedFields(created, content) : {};
      const found = await this.finish(created, left, content, sandbox).catch((error: unknown) => {
        const state = { ...stateAfterWrite(inputs, created, place), ...actual(created, left) };
        throw new StartedButFailedError(created.id, state, [
          `The audience ${created.id} was created. ${errorMessage(error)}`,
        ]);
      });
      return { id: created.id, state: stateAfterWrite(inputs, found, place) };
    } finally {
      await services.intents.markAnswered(intent, { made: created.id }, urn);
    }
  }

  private async adopt(inputs: AudienceInputs, adoptId: string, orgId: string, resource: ProgramResource | undefined) {
    const { services, owners } = this;
    const sandbox = inputs.sandbox ?? services.sandbox;
    const adopted = await services.reader.find(sandbox, adoptId);
    const mistake = adoptionMistake(inputs, sandbox, adopted, owners.createdIds);
    if (mistake || !adopted) {
      const happened = mistake ? formatMistake(mistake) : "";
      throw new InvalidRequestError({ operation: "adopt an audience", method: "", path: "", happened, advice: "" });
    }
    // At once, for creates run side by side.
    owners.createdIds.add(adopted.id);
    try {
      const state = { ...adopted, name: adopted.name ?? "", expression: adopted.expression };
      const written = await this.ensure({ id: adopted.id, sandbox, state }, adopted, inputs);
      if (!written) services.audiencesOfRun.answer(sandbox, adopted);
      const holderId = await owners.record(adopted.id, resource);
      return { id: adopted.id, state: stateAfterWrite(inputs, written ?? adopted, { orgId, sandbox, holderId }) };
    } catch (error) {
      owners.createdIds.delete(adopted.id);
      throw error;
    }
  }

  /** Sends what differs and nothing else. @returns undefined when nothing does. */
  private async ensure(
    audience: PlacedAudience,
    found: Partial<AudienceState>,
    inputs: AudienceInputs,
  ): Promise<Audience | undefined> {
    const { services } = this;
    const { id, sandbox } = audience;
    const isSamePolicy = inputs.mergePolicy !== undefined && inputs.mergePolicy === found.mergePolicy;
    // Answers may lack it, and the older form takes the default where it is not sent: then the name is looked up again.
    const mergePolicyId =
      isSamePolicy && found.mergePolicyId !== undefined
        ? found.mergePolicyId
        : await this.mergePolicyIdOf(inputs, sandbox, found.mergePolicyId);
    const content = contentOf(inputs, mergePolicyId);
    const changes = changedFields(found, content);
    if (Object.keys(changes).length === 0) return undefined;
    refuseReadOnly(audience, "update");
    services.reader.forget(sandbox, id);
    return this.finish({ id }, changes, content, sandbox);
  }

  /** Writes what is left to change, and reads back what the service may have made of it. */
  private async finish(audience: Audience, left: Partial<AudienceContent>, content: AudienceContent, sandbox: string) {
    const { services } = this;
    const { id } = audience;
    const isLeft = Object.keys(left).length > 0;
    const written = isLeft
      ? await services.client.update(sandbox, id, left, content).catch(async (error: unknown) => {
          throw left.name === undefined
            ? error
            : await explainTakenName(services, { sandbox, id, name: left.name }, error);
        })
      : audience;
    const found = await confirmEvaluation(services, sandbox, written, content);
    services.audiencesOfRun.answer(sandbox, found);
    return found;
  }

  /**
   * The ID of the merge policy in the sandbox; undefined where the program leaves it to the service.
   *
   * @param currentId what the audience has
   */
  private async mergePolicyIdOf(
    inputs: AudienceInputs,
    sandbox: string,
    currentId?: string,
  ): Promise<string | undefined> {
    const { mergePolicies, mayRequestInPreview } = this.services;
    const { mergePolicy, mergePolicyId, schemaName = PROFILE_SCHEMA } = inputs;
    // Where previews ask, an ID was looked up when it was checked.
    const isUnchecked = mergePolicyId !== undefined && mergePolicyId !== currentId && !mayRequestInPreview;
    const found =
      mergePolicy !== undefined
        ? await mergePolicies.find(sandbox, mergePolicy, schemaName)
        : isUnchecked && (await mergePolicies.findById(sandbox, mergePolicyId, schemaName));
    if (!found) return mergePolicyId;
    if ("policy" in found) return found.policy.id;
    const happened = formatMistake(found.mistake);
    throw new InvalidRequestError({ operation: "find a merge policy", method: "", path: "", happened, advice: "" });
  }

  private place(id: string, state: AudienceState): PlacedAudience {
    return { id, state, sandbox: state.sandboxName ?? state.sandbox ?? this.services.sandbox };
  }

  private keyOf(inputs: AudienceInputs): string {
    return keyOf(inputs, inputs.sandbox ?? this.services.sandbox);
  }
}

/** What an audience is in fields that it has not become. */
const actual = (audience: Audience, fields: Partial<AudienceContent>): Partial<AudienceState> =>
  Object.fromEntries((Object.keys(fields) as AudienceBodyField[]).map((name) => [name, audience[name]]));

/** The engine gives the state that it has: without a name, nothing of ours wrote it. */
const requireState = (state: Values) => parseState(state) as AudienceState;
