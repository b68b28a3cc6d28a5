import { CLOCK_SKEW_MS } from "./clock";
import { OutcomeUnknownError } from "./http/errors";
import { sendWithoutDuplicates, findResultOfLostRequest, type UnknownOutcomeServices } from "./unknown-outcome";
import type { Claims } from "./state/claims";
import { createdIdOf, type Intent, type Intents } from "./state/intents";

/** What `createOnce` needs from the process it runs in. */
export interface CreationServices extends UnknownOutcomeServices {
  readonly intents: Intents;
  readonly claims: Claims;
  readonly warn: (text: string) => void;
}

interface WithId {
  readonly id: string;
}

/** What to create, and everything that depends on the kind of object. */
export interface CreationRequest<Found> {
  /** Identifies the content: two requests for the same content have the same key. */
  readonly key: string;
  /** Of the resource, where it is known and no other resource of the program creates the same. */
  readonly urn: string | undefined;
  /** The IDs of what this process has created: none of them is the result of another request. */
  readonly createdIds: ReadonlySet<string>;
  /** What its record says before the request is sent. */
  readonly note: Readonly<Record<string, string>>;
  /** What its record says after the creation; undefined where nothing is left to do during which a run could be killed. */
  readonly noteAfterCreation: (id: string) => Readonly<Record<string, string>> | undefined;
  /** As an error names it: `create segment "Mobile"`. */
  readonly operation: string;
  /** Sends the request, once. */
  readonly send: (intent: Intent) => Promise<Found>;
  /** Reserves the slot that the request needs, or throws where none is free. An object that is taken over needs none. */
  readonly reserve?: (intent: Intent) => Promise<ReservedSlot | undefined>;
  /** Lists the newest objects in the place where it would be. */
  readonly listNewest: () => Promise<readonly Found[]>;
  /** Finds the one among them that the request has created, if there is one. */
  readonly findCreated: (newest: readonly Found[], sent: SentRequest) => Found | undefined;
  /** Whether the object itself proves that this request created it. Absent where no object can prove that. */
  readonly isCertainlyOurs?: (found: Found, intent: Intent) => boolean;
  /** Reads the object that a record names. Without it, `createOnce` looks among the newest. */
  readonly readById?: (id: string) => Promise<Found | undefined>;
  /** Warns of objects that may be duplicates, where no run has left a record of this request. */
  readonly warnOfPossibleDuplicates: () => Promise<void>;
  readonly messages: {
    readonly interrupted: string;
    readonly takenOver: (id: string) => string;
    /** @param answered whether the service sent an answer that leaves the outcome open. */
    readonly outcomeUnknown: (answered: boolean) => string;
  };
}

/** What is known of a request that may have created something. */
export interface SentRequest {
  readonly intent: Intent;
  /** When it was sent, in milliseconds since 1970. */
  readonly sentAt: number;
  /** The IDs that belong to other requests. */
  readonly takenIds: ReadonlySet<string>;
}

/**
 * Finds what a request has created by what it is, where no object says by which request.
 *
 * @param isWanted whether an object is what the request was to create
 */
export function findByContent<Found extends WithId & { readonly created?: string; readonly modified?: string }>(
  newest: readonly Found[],
  { intent, sentAt, takenIds }: SentRequest,
  isWanted: (found: Found) => boolean,
): Found | undefined {
  const createdId = createdIdOf(intent);
  return newest.find(
    (found) =>
      !takenIds.has(found.id) &&
      Date.parse(found.created ?? found.modified ?? "") >= sentAt - CLOCK_SKEW_MS &&
      isWanted(found) &&
      (createdId ?? found.id) === found.id,
  );
}

export interface ReservedSlot {
  confirm(id: string): Promise<void>;
  /** Nothing was made. */
  release(): Promise<void>;
}

/** What was created, and its record, which the caller ends when everything about the creation is done. */
export interface CreationResult<Found> {
  readonly created: Found;
  readonly intent: Intent;
  /** An interrupted run created it: nobody knows what else that run did to it. */
  readonly takenOver: boolean;
}

/**
 * Creates an object once, never twice. Where the outcome of a request is unknown, in this process or in one that was killed, it looks
 * for what that request created before it sends another one.
 */
export const createOnce = <Found extends WithId>(
  services: CreationServices,
  request: CreationRequest<Found>,
): Promise<CreationResult<Found>> => new Creation(services, request).run();

class Creation<Found extends WithId> {
  constructor(
    private readonly services: CreationServices,
    private readonly request: CreationRequest<Found>,
  ) {}

  async run(): Promise<CreationResult<Found>> {
    const { key, urn, note, messages, warnOfPossibleDuplicates } = this.request;
    const { intents, warn } = this.services;
    const leftover = await intents.takeOver(key, urn);
    if (!leftover) {
      await warnOfPossibleDuplicates();
      return this.sendAndRecord(await intents.begin(key, note));
    }
    warn(messages.interrupted);
    const created = await this.findCreatedByInterruptedRun(leftover);
    if (!created) return this.sendAndRecord(leftover);
    warn(messages.takenOver(created.id));
    return { created, intent: await this.recordId(leftover, created.id), takenOver: true };
  }

  private async sendAndRecord(intent: Intent): Promise<CreationResult<Found>> {
    let slot: ReservedSlot | undefined;
    try {
      slot = await this.request.reserve?.(intent);
      const created = await this.send(intent);
      await slot?.confirm(created.id);
      return { created, intent: await this.recordId(intent, created.id), takenOver: false };
    } catch (error) {
      // The record stays only while the outcome is unknown: the next run finds it out.
      if (!(error instanceof OutcomeUnknownError)) {
        await slot?.release();
        await this.services.intents.end(intent);
      }
      throw error;
    }
  }

  private async recordId(intent: Intent, id: string): Promise<Intent> {
    const note = this.request.noteAfterCreation(id);
    return note ? this.services.intents.note(intent, note) : intent;
  }

  private async findCreatedByInterruptedRun(leftover: Intent): Promise<Found | undefined> {
    const { clock, requestTimeoutMs } = this.services;
    const id = createdIdOf(leftover);
    if (id !== undefined && this.request.readById) return this.request.readById(id);
    // Its process may have sent it again for as long as it was seen.
    return findResultOfLostRequest(clock, leftover.seenAt, requestTimeoutMs, (isLast) =>
      this.lookForCreated(leftover, leftover.startedAt, isLast),
    );
  }

  private send(intent: Intent): Promise<Found> {
    const { clock, claims, intents, warn } = this.services;
    const { operation, send, messages } = this.request;
    const sentAt = clock.now();
    return sendWithoutDuplicates(this.services, {
      operation,
      async send() {
        const found = await send(intent);
        // Another request that looked for its own result may have claimed this one first.
        return (await claims.claim(found.id, intent.id)) ? found : undefined;
      },
      findResult: (unknownOutcome, isLast) => this.lookForCreated(intent, sentAt, isLast, unknownOutcome),
      isStillNeeded: intents.engineIsAlive,
      onUnknownOutcome: ({ sent }) => warn(messages.outcomeUnknown(sent?.answered === true)),
    });
  }

  private async lookForCreated(
    intent: Intent,
    sentAt: number,
    isLast: boolean,
    unknownOutcome?: OutcomeUnknownError,
  ): Promise<Found | undefined> {
    const { claims, intents } = this.services;
    const { createdIds, listNewest, findCreated, isCertainlyOurs } = this.request;
    try {
      const othersAtWork = await intents.othersAreAtWork(intent);
      const listed = await listNewest();
      for (const takenIds = new Set(createdIds); ;) {
        const found = findCreated(listed, { intent, sentAt, takenIds });
        if (!found || isCertainlyOurs?.(found, intent)) return found;
        // Another stack may be creating the same right now: wait for it to claim its own result first.
        if (othersAtWork && !isLast && createdIdOf(intent) === undefined) return undefined;
        // What another stack has claimed is not ours.
        if (await claims.claim(found.id, intent.id)) return found;
        takenIds.add(found.id);
      }
    } catch (error) {
      // Where the search fails, the outcome is still unknown: report that.
      throw unknownOutcome?.withFailedSearch(error) ?? error;
    }
  }
}

/** The URNs of the checked resources by what they create. Where two create the same, nobody can tell which is which. */
export class CheckedUrns {
  private readonly urns = new Map<string, Set<string>>();

  add(key: string, urn: string): void {
    this.urns.set(key, (this.urns.get(key) ?? new Set()).add(urn));
  }

  /** @returns the URN, unless two resources create the same. */
  urnIfUnique(key: string, urn: string | undefined): string | undefined {
    return (this.urns.get(key)?.size ?? 0) > 1 ? undefined : urn;
  }
}
