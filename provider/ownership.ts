import type { Mistake } from "../model";
import { formatSecondHolderLine } from "../model/notices";
import { DeletionPermission } from "./deletion-permission";
import { InvalidRequestError } from "./http/errors";
import { KeyedMutex } from "./keyed-mutex";
import type { OwnedNoun, OwnedState, OwnershipServices } from "./owned";
import type { ProgramResource } from "./program-resource";
import { isUnknown } from "./unknown-values";

/**
 * Which resources have which objects of one kind: in this run, and in all stacks by the records of earlier ones. One object belongs to
 * one resource: two would undo each other's changes, and whichever goes would delete the other's.
 */
export class Ownership<State extends OwnedState> {
  /** By the object's ID: the resource of the program in whose state it is, and stays. */
  private readonly holdersById = new Map<string, ProgramResource>();
  /** By the ID that `adoptId` names. Undefined: a resource whose name is not known. */
  private readonly adoptersById = new Map<string, ProgramResource | undefined>();
  /** What `create` returned in this process, made or taken over. */
  readonly createdIds = new Set<string>();
  private readonly mutex = new KeyedMutex();
  private readonly permission: DeletionPermission<State>;
  /** What one is called within a sentence. */
  private readonly word: string;

  /** @param isGone whether the service has deleted it; false where a preview may not ask. */
  constructor(
    private readonly noun: OwnedNoun,
    private readonly services: OwnershipServices,
    isGone: (id: string, state: State) => Promise<boolean>,
  ) {
    this.word = noun.toLowerCase();
    this.permission = new DeletionPermission(noun, services, isGone);
  }

  /** Whether something of this program has it: whoever else had it must not delete it. */
  isHeld(id: string): boolean {
    return this.createdIds.has(id) || this.adoptersById.has(id) || this.holdersById.has(id);
  }

  /**
   * Notes what a resource takes over.
   *
   * @param isNew whether the engine checks it as one that is to be made
   * @returns why it cannot
   */
  async adoptionMistake(
    adoptId: unknown,
    isNew: boolean,
    resource: ProgramResource | undefined,
  ): Promise<Mistake | undefined> {
    // The engine replaces a resource: it checks it once more, as a new one, and then deletes what it had.
    if (isNew) this.release(resource);
    const other = this.reserveForAdoption(adoptId, resource);
    if (other)
      return {
        path: "adoptId",
        message:
          `found ${JSON.stringify(adoptId)}, which ${other.label} already has; one ${this.word} belongs to one resource. ` +
          `Remove one of the two from the program: the ${this.word} stays with the other one`,
      };
    return isNew && isKnownText(adoptId) ? this.permission.otherStackMistake(adoptId, resource) : undefined;
  }

  /** @returns another resource of this run that has what this one wants to take over. */
  reserveForAdoption(adoptId: unknown, resource: ProgramResource | undefined): ProgramResource | undefined {
    if (!isKnownText(adoptId)) return undefined;
    const other = resource && this.otherHolder(resource, adoptId);
    if (!other && !this.adoptersById.get(adoptId)) this.adoptersById.set(adoptId, resource);
    return other;
  }

  /** A resource that has one cannot take over another one: it would be ignored without a word. */
  refuseOtherAdoption(id: string, adoptId: unknown): void {
    if (!isKnownText(adoptId) || adoptId === id) return;
    throw new InvalidRequestError({
      operation: `adopt ${this.noun === "Audience" ? "an" : "a"} ${this.word}`,
      method: "",
      path: "",
      happened: `adoptId: found ${JSON.stringify(adoptId)}, but this resource already has the ${this.word} ${JSON.stringify(id)}`,
      advice: `Remove adoptId, or give that ${this.word} a resource of its own.`,
    });
  }

  /** A resource has it in state. Throws where another resource of this run has it, too, and would undo what the first one does. */
  async confirm(id: string, { holderId }: OwnedState, resource: ProgramResource | undefined): Promise<void> {
    if (!resource) return;
    const otherInRun = this.otherHolder(resource, id);
    if (!otherInRun) this.holdersById.set(id, resource);
    const otherStacks = await this.services.holders.recordSeen(id, { holderId, resource }, otherInRun);
    if (otherInRun)
      throw new InvalidRequestError({
        operation: `use ${this.word} ${id} twice`,
        method: "",
        path: "",
        happened: `${otherInRun.label} and ${resource.label} both have it, and one ${this.word} belongs to one resource`,
        advice: `Remove one of the two from the program and run pulumi up: the ${this.word} stays with the other one.`,
      });
    for (const { label } of otherStacks)
      this.services.info(formatSecondHolderLine({ noun: this.noun, id, holder: resource.label, other: label }));
  }

  /**
   * Notes that a resource has made it, or taken it over.
   *
   * @param madeFor the record of its creation, where it was made
   * @returns what the state has to keep, so that a later run knows whose it is
   */
  async record(id: string, resource: ProgramResource | undefined, madeFor?: string): Promise<string | undefined> {
    if (!resource) return undefined;
    const holderId = this.services.newId();
    await this.services.holders.recordTakeover(id, holderId, resource, madeFor);
    return holderId;
  }

  /**
   * Whether a resource that goes may delete it: not where another one has it, too.
   *
   * @throws InvalidRequestError where another stack has it, and nobody has said which one lets go
   */
  async mayDelete(id: string, state: State, action: "delete" | "replace", shouldWarn = false): Promise<boolean> {
    return !this.isHeld(id) && this.permission.isGiven(id, state, action, shouldWarn);
  }

  /**
   * A resource goes. Of two that have the object the last one deletes it: side by side, each would leave it to the other.
   *
   * @param remove deletes it where it may; its answer says whether it has
   */
  letGo(id: string, state: OwnedState, remove: () => Promise<boolean>): Promise<void> {
    const { holders, warn } = this.services;
    return this.mutex.runExclusive(id, async () => {
      // A rename, a taint or a replacement of an adopted one: deleted would be what is taken over, before or after it.
      if (this.isHeld(id)) {
        const holder = this.holdersById.get(id) ?? this.adoptersById.get(id);
        warn(`${this.noun} ${id} is not deleted: ${holder ? `${holder.label} has it` : "this program takes it over"}.`);
      } else if (await remove()) return holders.recordDeleted(id);
      await holders.recordReleased(id, state.holderId);
    });
  }

  private release(resource: ProgramResource | undefined): void {
    for (const [id, { urn }] of this.holdersById) if (urn === resource?.urn) this.holdersById.delete(id);
  }

  private otherHolder({ urn }: ProgramResource, id: string): ProgramResource | undefined {
    return [this.holdersById.get(id), this.adoptersById.get(id)].find((one) => one !== undefined && one.urn !== urn);
  }
}

const isKnownText = (value: unknown): value is string => typeof value === "string" && !isUnknown(value);
