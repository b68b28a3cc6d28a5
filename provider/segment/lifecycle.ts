import { mistakeLine, type Mistake, type SegmentContent, type SegmentInputs } from "../../model";
import { stayLine } from "../../model/notices";
import { InvalidRequestError } from "../http/errors";
import type { Lifecycle, Values } from "../lifecycle";
import { refuseOtherOrganisation } from "../organisation";
import type { ProgramResource } from "../program-resource";
import { once } from "../once";
import { Turns } from "../keyed-mutex";
import { isUnknown } from "../unknown-values";
import { adoptionMistake, findAdopted, metadataOf, refuseOtherAdoption } from "./adoption";
import { check } from "./check";
import { completed, ensureMetadata } from "./completion";
import { contentKey, createOnce } from "./creation";
import { refuseIfUsed, refuseLatePolicy, remove, sayRetained, sayUses } from "./deletion";
import { diff, patch } from "./diff";
import { heldMistake, HeldSegments, keptText, refuseSecondHolder } from "./held";
import { heldElsewhere, mayGo } from "./leaving";
import { foundIn, managesMetadata } from "./metadata";
import { read } from "./reading";
import type { SegmentServices } from "./services";
import { inputsOf, stateOf, unwritten, written, type SegmentState } from "./state";
import { validate } from "./validation";

/** The life of a segment: observe, ensure, return. The service is the truth, state is memory. */
export class SegmentLifecycle implements Lifecycle {
  private readonly held = new HeldSegments();
  /** Used segments that `diff` could not ask about, by the content of what takes their place. */
  private readonly unasked = new Map<string, { readonly id: string; readonly old: SegmentState }>();
  private readonly turns = new Turns();
  /** Whether this process works for a program. */
  private plans = false;
  /** The resources that were checked, by their content: of two alike it is not known which is which. */
  private readonly alike = new Map<string, Set<string>>();

  private readonly warnOnce: (text: string) => void;

  constructor(private readonly services: SegmentServices) {
    this.warnOnce = once(services.warn);
  }

  async check(olds: Values, news: Values, resource?: ProgramResource) {
    this.plans = true;
    const isNew = olds["name"] === undefined;
    if (isNew) this.held.letGo(resource);
    const other = this.adopting(news, resource);
    const { adoptId } = news;
    const mistake = other
      ? heldMistake(adoptId, other)
      : isNew && typeof adoptId === "string" && !isUnknown(adoptId)
        ? await heldElsewhere(this.services, adoptId, resource)
        : undefined;
    if (mistake) return { inputs: news, mistakes: [mistake] };
    if (resource) this.notice(inputsOf(news), resource);
    const named = resource?.label ?? `Segment ${JSON.stringify(news["name"])}`;
    const doubt = (mistake: Mistake) => this.warnOnce(`${named}: ${mistakeLine(mistake)}`);
    return this.step(inputsOf(news), () => check(this.services, olds, news, doubt));
  }

  async diff(id: string, state: Values, news: Values, resource?: ProgramResource) {
    // The engine asks before it deletes what depends on something deleted first, and checks that only afterwards.
    this.adopting(news, resource);
    refuseOtherOrganisation(state, this.services.orgId);
    const inputs = inputsOf(news);
    const old = stateOf(state) as SegmentState;
    const answer = diff(old, inputs);
    await this.services.intents.hasInState(id);
    if (answer.kind === "replace") await this.refuseReplacement(id, old, inputs);
    else {
      refuseOtherAdoption(id, inputs);
      await this.have(id, old, resource);
    }
    return answer;
  }

  async create(values: Values, resource?: ProgramResource) {
    const inputs = inputsOf(values);
    const orgId = this.services.orgId();
    const replaced = this.unasked.get(contentKey(inputs));
    if (replaced) await refuseIfUsed(this.services, replaced.id, replaced.old, { kind: "replace" });
    const { id, state } = await this.step(inputs, () =>
      inputs.adoptId === undefined ? this.make(inputs, orgId, resource) : this.adopt(inputs, orgId, resource),
    );
    return { id, state: state as unknown as Values };
  }

  async read(id: string, state: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    if (Object.keys(state).length > 0) await this.services.intents.hasInState(id);
    return read(this.services, id, stateOf(state));
  }

  async update(id: string, state: Values, news: Values, resource?: ProgramResource) {
    refuseOtherOrganisation(state, this.services.orgId);
    const inputs = inputsOf(news);
    const old = stateOf(state) as SegmentState;
    const now = await this.step(inputs, async () => {
      const segment = await this.ensure(id, old, inputs);
      const failed = await ensureMetadata(this.services, id, foundIn(old), inputs);
      const holderId = old.holderId ?? (await this.take(id, resource));
      const state = segment
        ? written(inputs, segment, this.services.orgId(), holderId)
        : unwritten(old, inputs, holderId);
      return completed(id, state, failed, segment && "changed");
    });
    return now as unknown as Values;
  }

  async delete(id: string, state: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    const old = stateOf(state) as SegmentState;
    await this.services.intents.hasInState(id);
    // Of two that have it the last one deletes it: side by side, each would leave it to the other.
    return this.turns.take(id, () => this.go(id, old));
  }

  private async go(id: string, old: SegmentState): Promise<void> {
    if (this.held.has(id)) {
      // A rename, a taint or a replacement of an adopted segment: deleted would be what is taken over, before or after it.
      this.services.warn(keptText(id, this.held.holderOf(id)));
      return this.services.holders.left(id, old.holderId);
    }
    if (old.deletionPolicy === "retain") sayRetained(this.services, id, old);
    else if (await mayGo(this.services, id, old, "delete")) {
      await remove(this.services, id, old);
      return this.services.holders.gone(id);
    }
    await this.services.holders.left(id, old.holderId);
  }

  mayDelete(id: string, state: Values) {
    const old = stateOf(state);
    if (!old || old.deletionPolicy === "retain") return undefined;
    return async (deleted: number) => {
      refuseOtherOrganisation(state, this.services.orgId);
      if (this.held.has(id) || !(await mayGo(this.services, id, old, "delete", false))) return;
      if (old.deletionPolicy === "refuseIfUsed")
        await refuseIfUsed(this.services, id, old, { kind: "delete", deleted });
    };
  }

  /** Others that write tags or shares wait for this one, so that they are written together. */
  private step<T>(inputs: SegmentInputs, work: () => Promise<T>): Promise<T> {
    return managesMetadata(inputs) ? this.services.metadata.during(work) : work();
  }

  /** The engine deletes after it has made the new one: too late to refuse. */
  private async refuseReplacement(id: string, old: SegmentState, inputs: SegmentInputs): Promise<void> {
    if (isUnknown(inputs.dataViewId) || this.held.has(id)) return;
    const { deletionPolicy } = inputs;
    if (deletionPolicy === "retain" && old.deletionPolicy !== "retain") await refuseLatePolicy(this.services, id, old);
    if (old.deletionPolicy === "retain") return sayRetained(this.services, id, old);
    if (!(await mayGo(this.services, id, old, "replace"))) return;
    if (old.deletionPolicy !== "refuseIfUsed" && deletionPolicy !== "refuseIfUsed") {
      // A refresh compares as well, but plans nothing.
      if (this.plans && this.services.validate !== "apply") await sayUses(this.services, id, old);
      return;
    }
    // A preview may not be allowed to ask; then the run does, before it makes anything.
    if (this.services.validate === "apply") this.unasked.set(contentKey(inputs), { id, old });
    else await refuseIfUsed(this.services, id, old, { kind: "replace" });
  }

  private async make(inputs: SegmentInputs, orgId: string, resource: ProgramResource | undefined) {
    await validate(this.services, inputs);
    // Of two alike, the one that looks for what it made must know what the other has got.
    const key = contentKey(inputs);
    const urn = (this.alike.get(key)?.size ?? 0) > 1 ? undefined : resource?.urn;
    const created = await this.turns.take(key, async () => {
      const made = await createOnce(this.services, inputs, this.held.created, urn);
      this.held.created.add(made.segment.id);
      return made;
    });
    const { segment, intent, takenOver } = created;
    try {
      const holderId = await this.take(segment.id, resource, intent.id);
      const failed = await ensureMetadata(this.services, segment.id, takenOver ? {} : { tags: [], shares: [] }, inputs);
      return {
        id: segment.id,
        state: completed(segment.id, written(inputs, segment, orgId, holderId), failed, "made"),
      };
    } finally {
      await this.services.intents.answer(intent, { made: segment.id }, urn);
    }
  }

  private notice(inputs: SegmentInputs, { urn }: ProgramResource): void {
    const key = contentKey(inputs);
    this.alike.set(key, (this.alike.get(key) ?? new Set()).add(urn));
  }

  /** Throws where another resource of this run has the segment, too. */
  private async have(id: string, { holderId }: SegmentState, resource: ProgramResource | undefined): Promise<void> {
    if (!resource) return;
    const other = this.held.have(id, resource);
    const twins = await this.services.holders.seen(id, { holderId, resource }, other);
    refuseSecondHolder(id, resource, other);
    for (const { label } of twins) this.services.say(stayLine({ id, holder: resource.label, other: label }));
  }

  /** @returns what the state has to keep, so that a later run knows whose it is */
  private async take(id: string, resource: ProgramResource | undefined, madeFor?: string): Promise<string | undefined> {
    if (!resource) return undefined;
    const holderId = this.services.newId();
    await this.services.holders.took(id, holderId, resource, madeFor);
    return holderId;
  }

  /** @returns another resource of this run that has what this one wants to take over. */
  private adopting({ adoptId }: Values, resource: ProgramResource | undefined): ProgramResource | undefined {
    return typeof adoptId === "string" && !isUnknown(adoptId) ? this.held.adopt(adoptId, resource) : undefined;
  }

  private async adopt(inputs: SegmentInputs, orgId: string, resource: ProgramResource | undefined) {
    const found = await findAdopted(this.services, inputs);
    const mistake = adoptionMistake(inputs, found, this.held.created);
    if (mistake || !found) {
      const happened = mistake ? mistakeLine(mistake) : "";
      throw new InvalidRequestError({ operation: "adopt a segment", method: "", path: "", happened, advice: "" });
    }
    // At once, for creates run side by side.
    this.held.created.add(found.id);
    try {
      const segment = (await this.ensure(found.id, found, inputs)) ?? found;
      const metadata = await metadataOf(this.services, found, inputs);
      for (const failure of (await ensureMetadata(this.services, found.id, metadata, inputs)).values()) throw failure;
      return { id: segment.id, state: written(inputs, segment, orgId, await this.take(found.id, resource)) };
    } catch (error) {
      this.held.created.delete(found.id);
      throw error;
    }
  }

  /** Sends what differs and nothing else. @returns undefined when nothing does. */
  private async ensure(id: string, found: Partial<SegmentContent>, inputs: SegmentInputs) {
    const changes = patch(found, inputs);
    if (Object.keys(changes).length === 0) return undefined;
    if (changes.definition !== undefined) await validate(this.services, inputs);
    this.services.catalog.forget(id);
    return this.services.client.update(id, changes, inputs.locale);
  }
}
