import type { Mistake } from "../model";
import { InvalidRequestError } from "./http/errors";
import type { ProgramResource } from "./program-resource";

/**
 * Which resources of this run have which segments. One segment belongs to one resource: two would undo each other's changes, and
 * whichever goes would delete the other's.
 */
export class SegmentsInRun {
  /** By the segment's ID: the resource of the program in whose state it is, and stays. */
  private readonly holdersById = new Map<string, ProgramResource>();
  /** By the ID that `adoptId` names. Undefined: a resource whose name is not known. */
  private readonly adoptersById = new Map<string, ProgramResource | undefined>();
  /** What `create` returned in this process, made or taken over. */
  readonly createdIds = new Set<string>();

  /** Whether something of this program has the segment: whoever else had it must not delete it. */
  isHeld(id: string): boolean {
    return this.createdIds.has(id) || this.adoptersById.has(id) || this.holdersById.has(id);
  }

  /** The resource that has it, for a message. */
  holderOf(id: string): ProgramResource | undefined {
    return this.holdersById.get(id) ?? this.adoptersById.get(id);
  }

  /** A resource has the segment in state. @returns another resource that has or adopts it: then it is not noted. */
  hold(id: string, resource: ProgramResource | undefined): ProgramResource | undefined {
    if (!resource) return undefined;
    const other = this.otherHolder(resource, id);
    if (!other) this.holdersById.set(id, resource);
    return other;
  }

  /** A resource names the segment as `adoptId`. @returns as above. */
  reserveForAdoption(id: string, resource: ProgramResource | undefined): ProgramResource | undefined {
    const other = resource && this.otherHolder(resource, id);
    if (!other && !this.adoptersById.get(id)) this.adoptersById.set(id, resource);
    return other;
  }

  /** The engine replaces a resource: it checks it once more, as a new one, and then deletes what it had. */
  release(resource: ProgramResource | undefined): void {
    for (const [id, { urn }] of this.holdersById) if (urn === resource?.urn) this.holdersById.delete(id);
  }

  private otherHolder({ urn }: ProgramResource, id: string): ProgramResource | undefined {
    return [this.holdersById.get(id), this.adoptersById.get(id)].find((one) => one !== undefined && one.urn !== urn);
  }
}

/** The mistake of a resource that adopts a segment which another one has. */
export const alreadyHeldMistake = (adoptId: unknown, { label }: ProgramResource): Mistake => ({
  path: "adoptId",
  message:
    `found ${JSON.stringify(adoptId)}, which ${label} already has; one segment belongs to one resource. ` +
    "Remove one of the two from the program: the segment stays with the other one",
});

/** Throws where a segment is in state twice, and its second resource would undo what the first one does. */
export function refuseSecondHolder(
  id: string,
  resource: ProgramResource | undefined,
  other: ProgramResource | undefined,
): void {
  if (!resource || !other) return;
  throw new InvalidRequestError({
    operation: `use segment ${id} twice`,
    method: "",
    path: "",
    happened: `${other.label} and ${resource.label} both have it, and one segment belongs to one resource`,
    advice: "Remove one of the two from the program and run pulumi up: the segment stays with the other one.",
  });
}

/** Why a segment is not deleted, though a resource that has it goes. */
export const notDeletedText = (id: string, holder: ProgramResource | undefined): string =>
  `Segment ${id} is not deleted: ${holder ? `${holder.label} has it` : "this program takes it over"}.`;
