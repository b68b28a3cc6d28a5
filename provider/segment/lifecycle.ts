import { mistakeLine, type Mistake, type SegmentContent } from "../../model";
import { stayLine } from "../../model/notices";
import { InvalidRequestError } from "../http/errors";
import type { Lifecycle, Values } from "../lifecycle";
import { refuseOtherOrganisation } from "../organisation";
import type { ProgramResource } from "../program-resource";
import { Checked } from "../create-once";
import { once } from "../log-once";
import { Turns } from "../keyed-mutex";
import { isUnknown } from "../unknown-values";
import { adoptionMistake, findAdopted, metadataOf, refuseOtherAdoption } from "./adoption";
import { check } from "./check";
import { completed, ensureMetadata } from "./ensure-metadata";
import { createSegment } from "./creation";
import { refuseIfUsed, refuseLatePolicy, remove, sayRetained, sayUses } from "./deletion";
import { Desired } from "./desired";
import { diff, patch } from "./diff";
import { heldMistake, HeldSegments, keptText, refuseSecondHolder } from "./segments-in-run";
import { heldElsewhere, mayGo } from "./deletion-permission";
import { foundIn, managesMetadata } from "./metadata";
import { read } from "./read";
import type { SegmentServices } from "./services";
import { stateOf, unwritten, written, type SegmentState } from "./state";
import { validate } from "./validation";

/** The life of a segment: observe, ensure, return. The service is the truth, state is memory. */
export class SegmentLifecycle implements Lifecycle {
  private readonly held = new HeldSegments();
  /** Used segments that `diff` could not ask about, by the content of what takes their place. */
  private readonly unasked = new Map<string, { readonly id: string; readonly old: SegmentState }>();
  private readonly turns = new Turns();
  /** Whether this process works for a program. */
  private plans = false;
  private readonly checked = new Checked();

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
    const desired = Desired.in(news);
    if (resource) this.checked.add(desired.key, resource.urn);
    const named = resource?.label ?? `Segment ${JSON.stringify(news["name"])}`;
    const doubt = (mistake: Mistake) => this.warnOnce(`${named}: ${mistakeLine(mistake)}`);
    return this.step(desired, () => check(this.services, olds, news, desired, doubt));
  }

  async diff(id: string, state: Values, news: Values, resource?: ProgramResource) {
    // The engine asks before it deletes what depends on something deleted first, and checks that only afterwards.
    this.adopting(news, resource);
    refuseOtherOrganisation(state, this.services.orgId);
    const desired = Desired.in(news);
    const old = stateOf(state) as SegmentState;
    const answer = diff(old, desired.inputs);
    await this.services.intents.hasInState(id);
    if (answer.kind === "replace") await this.refuseReplacement(id, old, desired);
    else {
      refuseOtherAdoption(id, desired.inputs);
      await this.have(id, old, resource);
    }
    return answer;
  }

  async create(values: Values, resource?: ProgramResource) {
    const desired = Desired.in(values);
    const orgId = this.services.orgId();
    const replaced = this.unasked.get(desired.key);
    if (replaced) await refuseIfUsed(this.services, replaced.id, replaced.old, { kind: "replace" });
    const { id, state } = await this.step(desired, () =>
      desired.inputs.adoptId === undefined ? this.make(desired, orgId, resource) : this.adopt(desired, orgId, resource),
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
    const desired = Desired.in(news);
    const { inputs } = desired;
    const old = stateOf(state) as SegmentState;
    const now = await this.step(desired, async () => {
      const segment = await this.ensure(id, old, desired);
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
  private step<T>({ inputs }: Desired, work: () => Promise<T>): Promise<T> {
    return managesMetadata(inputs) ? this.services.metadata.during(work) : work();
  }

  /** The engine deletes after it has made the new one: too late to refuse. */
  private async refuseReplacement(id: string, old: SegmentState, desired: Desired): Promise<void> {
    const { inputs } = desired;
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
    if (this.services.validate === "apply") this.unasked.set(desired.key, { id, old });
    else await refuseIfUsed(this.services, id, old, { kind: "replace" });
  }

  private async make(desired: Desired, orgId: string, resource: ProgramResource | undefined) {
    const { inputs, key } = desired;
    await validate(this.services, desired);
    // Of two alike, the one that looks for what it made must know what the other has got.
    const urn = this.checked.only(key, resource?.urn);
    const created = await this.turns.take(key, async () => {
      const made = await createSegment(this.services, desired, this.held.created, urn);
      this.held.created.add(made.found.id);
      return made;
    });
    const { found: segment, intent, takenOver } = created;
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

  private async adopt(desired: Desired, orgId: string, resource: ProgramResource | undefined) {
    const { inputs } = desired;
    const found = await findAdopted(this.services, inputs);
    const mistake = adoptionMistake(inputs, found, this.held.created);
    if (mistake || !found) {
      const happened = mistake ? mistakeLine(mistake) : "";
      throw new InvalidRequestError({ operation: "adopt a segment", method: "", path: "", happened, advice: "" });
    }
    // At once, for creates run side by side.
    this.held.created.add(found.id);
    try {
      const segment = (await this.ensure(found.id, found, desired)) ?? found;
      const metadata = await metadataOf(this.services, found, inputs);
      for (const failure of (await ensureMetadata(this.services, found.id, metadata, inputs)).values()) throw failure;
      return { id: segment.id, state: written(inputs, segment, orgId, await this.take(found.id, resource)) };
    } catch (error) {
      this.held.created.delete(found.id);
      throw error;
    }
  }

  /** Sends what differs and nothing else. @returns undefined when nothing does. */
  private async ensure(id: string, found: Partial<SegmentContent>, desired: Desired) {
    const changes = patch(found, desired.content);
    if (Object.keys(changes).length === 0) return undefined;
    if (changes.definition !== undefined) await validate(this.services, desired);
    this.services.catalog.forget(id);
    return this.services.client.update(id, changes, desired.inputs.locale);
  }
}
