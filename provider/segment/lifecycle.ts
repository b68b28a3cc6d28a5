import { formatMistake, type Mistake, type SegmentContent } from "../../model";
import { InvalidRequestError } from "../http/errors";
import type { Lifecycle, Planner, Values } from "../lifecycle";
import { refuseOtherOrganisation } from "../organisation";
import { Ownership } from "../ownership";
import type { ProgramResource } from "../program-resource";
import { CheckedUrns } from "../create-once";
import { logOnce } from "../log-once";
import { KeyedMutex } from "../keyed-mutex";
import { isUnknown } from "../unknown-values";
import { adoptionMistake, findAdopted } from "./adoption";
import { check } from "./check";
import { ensureMetadata, knownMetadata, readMetadata, stateOrPartialFailure } from "./tags-and-shares-sync";
import { createSegment } from "./creation";
import { refuseIfUsed, refuseLatePolicy, remove, logRetained, warnOfUses } from "./deletion";
import { DesiredSegment } from "./desired";
import { diff, changedArguments, changedFields } from "./diff";
import { managesMetadata } from "./tags-and-shares";
import { plannedState } from "./plan";
import { isGone, read } from "./read";
import type { SegmentServices } from "./services";
import { parseState, stateWithoutWrite, stateAfterWrite, type SegmentState } from "./state";
import { validateDefinition } from "./validation";

/** The life of a segment: observe, ensure, return. The service is the truth, state is memory. */
export class SegmentLifecycle implements Lifecycle, Planner {
  private readonly owners: Ownership<SegmentState>;
  /** Used segments that `diff` could not ask about, by the content of what takes their place. */
  private readonly uncheckedReplacements = new Map<string, { readonly id: string; readonly oldState: SegmentState }>();
  private readonly mutex = new KeyedMutex();
  /** Whether this process works for a program. */
  private isProgramRun = false;
  private readonly checkedUrns = new CheckedUrns();

  private readonly warnOnce: (text: string) => void;

  constructor(private readonly services: SegmentServices) {
    this.warnOnce = logOnce(services.warn);
    this.owners = new Ownership("Segment", services, (id, state: SegmentState) => isGone(services, id, state));
  }

  async check(olds: Values, news: Values, resource?: ProgramResource) {
    this.isProgramRun = true;
    const mistake = await this.owners.adoptionMistake(news["adoptId"], olds["name"] === undefined, resource);
    if (mistake) return { inputs: news, mistakes: [mistake] };
    const desired = DesiredSegment.fromValues(news);
    const label = resource?.label ?? `Segment ${JSON.stringify(news["name"])}`;
    const warnOf = (mistake: Mistake) => this.warnOnce(`${label}: ${formatMistake(mistake)}`);
    const checked = await this.batchingMetadata(desired, () => check(this.services, olds, news, desired, warnOf));
    // Arguments with mistakes may have no definition, and so no content to be found by.
    if (resource && checked.mistakes.length === 0) this.checkedUrns.add(desired.key, resource.urn);
    return checked;
  }

  async diff(id: string, state: Values, news: Values, resource?: ProgramResource) {
    // The engine asks before it deletes what depends on something deleted first, and checks that only afterwards.
    this.owners.reserveForAdoption(news["adoptId"], resource);
    refuseOtherOrganisation(state, this.services.orgId);
    const desired = DesiredSegment.fromValues(news);
    const oldState = requireState(state);
    const result = diff(oldState, desired.inputs);
    await this.services.intents.markInState(id);
    if (result.kind === "replace") await this.refuseReplacement(id, oldState, desired);
    else {
      this.owners.refuseOtherAdoption(id, desired.inputs.adoptId);
      await this.owners.confirm(id, oldState, resource);
    }
    return result;
  }

  async create(values: Values, resource?: ProgramResource) {
    const desired = DesiredSegment.fromValues(values);
    const orgId = this.services.orgId();
    const unchecked = this.uncheckedReplacements.get(desired.key);
    if (unchecked) await refuseIfUsed(this.services, unchecked.id, unchecked.oldState, { kind: "replace" });
    const { id, state } = await this.batchingMetadata(desired, () =>
      desired.inputs.adoptId === undefined
        ? this.createNew(desired, orgId, resource)
        : this.adopt(desired, orgId, resource),
    );
    return { id, state: state as unknown as Values };
  }

  async read(id: string, state: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    if (Object.keys(state).length > 0) await this.services.intents.markInState(id);
    return read(this.services, id, parseState(state));
  }

  async update(id: string, state: Values, news: Values, resource?: ProgramResource) {
    refuseOtherOrganisation(state, this.services.orgId);
    const desired = DesiredSegment.fromValues(news);
    const { inputs } = desired;
    const oldState = requireState(state);
    const newState = await this.batchingMetadata(desired, async () => {
      const segment = await this.ensure(id, oldState, desired);
      const failedWrites = await ensureMetadata(
        this.services,
        id,
        await knownMetadata(this.services, id, oldState, inputs),
        inputs,
      );
      const holderId = oldState.holderId ?? (await this.owners.record(id, resource));
      const state = segment
        ? stateAfterWrite(inputs, segment, this.services.orgId(), holderId)
        : stateWithoutWrite(oldState, inputs, holderId);
      return stateOrPartialFailure(id, state, failedWrites, segment && "changed");
    });
    return newState as unknown as Values;
  }

  async delete(id: string, state: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    const oldState = requireState(state);
    await this.services.intents.markInState(id);
    return this.owners.letGo(id, oldState, () => this.remove(id, oldState));
  }

  private async remove(id: string, state: SegmentState): Promise<boolean> {
    if (state.deletionPolicy === "retain") {
      logRetained(this.services, id, state);
      return false;
    }
    if (!(await this.owners.mayDelete(id, state, "delete", true))) return false;
    await remove(this.services, id, state);
    return true;
  }

  deletionCheck(id: string, state: Values) {
    const oldState = parseState(state);
    if (!oldState || oldState.deletionPolicy === "retain") return undefined;
    return async (deleted: number) => {
      refuseOtherOrganisation(state, this.services.orgId);
      if (!(await this.owners.mayDelete(id, oldState, "delete"))) return;
      if (oldState.deletionPolicy === "refuseIfUsed")
        await refuseIfUsed(this.services, id, oldState, { kind: "delete", deleted });
    };
  }

  changed(state: Values, news: Values) {
    return changedArguments(requireState(state), DesiredSegment.fromValues(news).inputs);
  }

  planned(inputs: Values, state: Values | undefined, orgId: string | undefined) {
    return plannedState(DesiredSegment.fromValues(inputs).inputs, state && requireState(state), orgId);
  }

  /** Others that write tags or shares wait for this one, so that they are written together. */
  private batchingMetadata<T>({ inputs }: DesiredSegment, action: () => Promise<T>): Promise<T> {
    return managesMetadata(inputs) ? this.services.metadata.trackStep(action) : action();
  }

  /** The engine deletes after it has made the new one: too late to refuse. */
  private async refuseReplacement(id: string, oldState: SegmentState, desired: DesiredSegment): Promise<void> {
    const { inputs } = desired;
    if (isUnknown(inputs.dataViewId) || this.owners.isHeld(id)) return;
    const { deletionPolicy } = inputs;
    if (deletionPolicy === "retain" && oldState.deletionPolicy !== "retain")
      await refuseLatePolicy(this.services, id, oldState);
    if (oldState.deletionPolicy === "retain") return logRetained(this.services, id, oldState);
    if (!(await this.owners.mayDelete(id, oldState, "replace"))) return;
    if (oldState.deletionPolicy !== "refuseIfUsed" && deletionPolicy !== "refuseIfUsed") {
      // A refresh compares as well, but plans nothing.
      if (this.isProgramRun && this.services.validate !== "apply") await warnOfUses(this.services, id, oldState);
      return;
    }
    // A preview may not be allowed to ask; then the run does, before it makes anything.
    if (this.services.validate === "apply") this.uncheckedReplacements.set(desired.key, { id, oldState });
    else await refuseIfUsed(this.services, id, oldState, { kind: "replace" });
  }

  private async createNew(desired: DesiredSegment, orgId: string, resource: ProgramResource | undefined) {
    const { inputs, key } = desired;
    await validateDefinition(this.services, desired);
    // Of two alike, the one that looks for what it made must know what the other has got.
    const urn = this.checkedUrns.urnIfUnique(key, resource?.urn);
    const creation = await this.mutex.runExclusive(key, async () => {
      const creation = await createSegment(this.services, desired, this.owners.createdIds, urn);
      this.owners.createdIds.add(creation.created.id);
      return creation;
    });
    const { created: segment, intent, takenOver } = creation;
    try {
      const holderId = await this.owners.record(segment.id, resource, intent.id);
      const failedWrites = await ensureMetadata(
        this.services,
        segment.id,
        takenOver ? {} : { tags: [], shares: [] },
        inputs,
      );
      return {
        id: segment.id,
        state: stateOrPartialFailure(
          segment.id,
          stateAfterWrite(inputs, segment, orgId, holderId),
          failedWrites,
          "created",
        ),
      };
    } finally {
      await this.services.intents.markAnswered(intent, { made: segment.id }, urn);
    }
  }

  private async adopt(desired: DesiredSegment, orgId: string, resource: ProgramResource | undefined) {
    const { inputs } = desired;
    const adopted = await findAdopted(this.services, inputs);
    const mistake = adoptionMistake(inputs, adopted, this.owners.createdIds);
    if (mistake || !adopted) {
      const happened = mistake ? formatMistake(mistake) : "";
      throw new InvalidRequestError({ operation: "adopt a segment", method: "", path: "", happened, advice: "" });
    }
    // At once, for creates run side by side.
    this.owners.createdIds.add(adopted.id);
    try {
      const segment = (await this.ensure(adopted.id, adopted, desired)) ?? adopted;
      const metadata = await readMetadata(this.services, adopted, inputs);
      for (const failure of (await ensureMetadata(this.services, adopted.id, metadata, inputs)).values()) throw failure;
      return {
        id: segment.id,
        state: stateAfterWrite(inputs, segment, orgId, await this.owners.record(adopted.id, resource)),
      };
    } catch (error) {
      this.owners.createdIds.delete(adopted.id);
      throw error;
    }
  }

  /** Sends what differs and nothing else. @returns undefined when nothing does. */
  private async ensure(id: string, found: Partial<SegmentContent>, desired: DesiredSegment) {
    const changes = changedFields(found, desired.content);
    if (Object.keys(changes).length === 0) return undefined;
    if (changes.definition !== undefined) await validateDefinition(this.services, desired);
    this.services.reader.forget(id);
    return this.services.client.update(id, changes, desired.inputs.locale);
  }
}

/** The engine gives the state that it has: without a name, nothing of ours wrote it. */
const requireState = (state: Values) => parseState(state) as SegmentState;
