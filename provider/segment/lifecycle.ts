import { mistakeLine, type SegmentInputs } from "../../inputs";
import { InvalidRequestError } from "../http/errors";
import type { Lifecycle, Values } from "../lifecycle";
import { refuseOtherOrganisation } from "../organisation";
import { Turns } from "../turns";
import { adoptionMistake, findAdopted, refuseOtherAdoption } from "./adoption";
import { check, targetMistakes } from "./check";
import { contentKey, createOnce } from "./creation";
import { diff, patch } from "./diff";
import { read } from "./reading";
import type { SegmentServices } from "./services";
import { contentOf, inputsOf, stateOf, written, type SegmentState } from "./state";
import { refusal } from "./verdicts";

/** The life of a segment: observe, ensure, return. The service is the truth, state is memory. */
export class SegmentLifecycle implements Lifecycle {
  /** What `create` returned in this process, made or taken over. */
  private readonly created = new Set<string>();
  /** What resources of this program name as `adoptId`: the engine may delete before it creates, and long after. */
  private readonly claimed = new Set<string>();
  private readonly turns = new Turns();

  constructor(private readonly services: SegmentServices) {}

  check(olds: Values, news: Values) {
    this.claim(news);
    return check(this.services, olds, news);
  }

  async diff(id: string, state: Values, news: Values) {
    // The engine asks before it deletes what depends on something deleted first, and checks that only afterwards.
    this.claim(news);
    refuseOtherOrganisation(state, this.services.orgId);
    const inputs = inputsOf(news);
    const answer = diff(stateOf(state) as SegmentState, inputs);
    if (answer.kind !== "replace") refuseOtherAdoption(id, inputs);
    return answer;
  }

  async create(values: Values) {
    const inputs = inputsOf(values);
    const orgId = this.services.orgId();
    if (inputs.adoptId !== undefined) return this.adopt(inputs, orgId);
    await this.validate(inputs);
    // Of two alike, the one that looks for what it made must know what the other has got.
    const segment = await this.turns.take(contentKey(inputs), async () => {
      const made = await createOnce(this.services, inputs, this.created);
      this.created.add(made.id);
      return made;
    });
    return { id: segment.id, state: written(inputs, segment, orgId) as unknown as Values };
  }

  read(id: string, state: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    return read(this.services, id, stateOf(state));
  }

  async update(id: string, state: Values, news: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    const inputs = inputsOf(news);
    const old = stateOf(state) as SegmentState;
    const segment = await this.ensure(id, old, inputs);
    return segment
      ? (written(inputs, segment, this.services.orgId()) as unknown as Values)
      : ({ ...old } as unknown as Values);
  }

  async delete(id: string, state: Values) {
    refuseOtherOrganisation(state, this.services.orgId);
    if (this.created.has(id) || this.claimed.has(id)) {
      // A rename, a taint or a replacement of an adopted segment: deleted would be what is taken over, before or after it.
      this.services.warn(`Segment ${id} is left as it is: this program takes it over.`);
      return;
    }
    await this.services.client.remove(id);
    this.services.catalog.forget(id);
  }

  private claim({ adoptId }: Values): void {
    if (typeof adoptId === "string") this.claimed.add(adoptId);
  }

  private async adopt(inputs: SegmentInputs, orgId: string) {
    const found = await findAdopted(this.services, inputs);
    const mistake = adoptionMistake(inputs, found, this.created);
    if (mistake || !found) {
      const happened = mistake ? mistakeLine(mistake) : "";
      throw new InvalidRequestError({ operation: "adopt a segment", method: "", path: "", happened, advice: "" });
    }
    // At once, for creates run side by side.
    this.created.add(found.id);
    try {
      const segment = (await this.ensure(found.id, found, inputs)) ?? found;
      return { id: segment.id, state: written(inputs, segment, orgId) as unknown as Values };
    } catch (error) {
      this.created.delete(found.id);
      throw error;
    }
  }

  /** Sends what differs and nothing else. @returns undefined when nothing does. */
  private async ensure(id: string, found: Parameters<typeof patch>[0], inputs: SegmentInputs) {
    const changes = patch(found, inputs);
    if (Object.keys(changes).length === 0) return undefined;
    if (changes.definition !== undefined) await this.validate(inputs);
    this.services.catalog.forget(id);
    return this.services.client.update(id, changes, inputs.locale);
  }

  private async validate(inputs: SegmentInputs) {
    const { checkTarget, target } = this.services;
    const missing = checkTarget === "never" ? [] : await targetMistakes(target, inputs);
    if (missing.length > 0) throw refusing(inputs, missing.map(mistakeLine).join("; "));
    if (this.services.validate === "never") return;
    const verdict = await this.services.verdicts.of(contentOf(inputs));
    if (verdict.valid) return;
    throw refusing(inputs, refusal(verdict));
  }
}

const refusing = ({ name }: SegmentInputs, happened: string) =>
  new InvalidRequestError({
    operation: `write segment ${JSON.stringify(name)}`,
    method: "",
    path: "",
    happened,
    advice: "Nothing was written. Correct the definition.",
  });
