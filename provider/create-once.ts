import { OutcomeUnknownError } from "./http/errors";
import { sendWithoutDuplicates, findResultOfLostRequest, type UnknownOutcomeServices } from "./unknown-outcome";
import type { Claims } from "./state/claims";
import { createdIdOf, type Intent, type Intents } from "./state/intents";

/** What making something once needs from the process it runs in. */
export interface CreationServices extends UnknownOutcomeServices {
  readonly intents: Intents;
  readonly claims: Claims;
  readonly warn: (text: string) => void;
}

interface WithId {
  readonly id: string;
}

/** Something that shall be made, and all that is peculiar to its kind. */
export interface CreationRequest<Found> {
  /** What is made, by content: two wishes for the same have the same key. */
  readonly key: string;
  /** Of the resource, where it is known and no other one of the program is alike. */
  readonly urn: string | undefined;
  /** The IDs that this process has made: one of them is never the answer to another request. */
  readonly createdIds: ReadonlySet<string>;
  /** What its record says from before the request. */
  readonly note: Readonly<Record<string, string>>;
  /** What its record says once it is made; undefined where nothing is left to do then, in which a run may be killed. */
  readonly noteAfterCreation: (id: string) => Readonly<Record<string, string>> | undefined;
  /** As an error names it: `create segment "Mobile"`. */
  readonly operation: string;
  /** Sends the request, once. */
  readonly send: (intent: Intent) => Promise<Found>;
  /** Takes the place that it needs before it is sent, or throws where there is none. What is taken over needs none. */
  readonly reserve?: (intent: Intent) => Promise<ReservedSlot | undefined>;
  /** The newest ones where it would be. */
  readonly listNewest: () => Promise<readonly Found[]>;
  /** Which of them the request has made, if one has. */
  readonly findCreated: (listNewest: readonly Found[], sent: SentRequest) => Found | undefined;
  /** Whether it shows itself that it is this request's: then nobody else has got it. Absent where nothing shows that. */
  readonly isCertainlyOurs?: (found: Found, intent: Intent) => boolean;
  /** Reads the one that a record names; where this is absent it is looked for among the newest. */
  readonly readById?: (id: string) => Promise<Found | undefined>;
  /** Points out what may be there twice, where no run has left a record of this very wish. */
  readonly warnOfPossibleDuplicates: () => Promise<void>;
  readonly messages: {
    readonly interrupted: string;
    readonly takenOver: (id: string) => string;
    /** @param answered whether an answer came, which leaves it open. */
    readonly outcomeUnknown: (answered: boolean) => string;
  };
}

/** What is known of a request that may have made something. */
export interface SentRequest {
  readonly intent: Intent;
  /** When it was sent, in milliseconds since 1970. */
  readonly sentAt: number;
  /** The IDs that are known to be another request's. */
  readonly takenIds: ReadonlySet<string>;
}

export interface ReservedSlot {
  confirm(id: string): Promise<void>;
  /** Nothing was made. */
  release(): Promise<void>;
}

/** What was made, and the record of it: to be ended when all is done that belongs to making it. */
export interface CreationResult<Found> {
  readonly created: Found;
  readonly intent: Intent;
  /** Made by an interrupted run: what else that run did to it is not known. */
  readonly takenOver: boolean;
}

/**
 * Makes one, and never two: a request whose outcome is unknown, in this process or in one that was killed, is settled by
 * looking for what it made before another is sent.
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
    return { created: created, intent: await this.recordId(leftover, created.id), takenOver: true };
  }

  private async sendAndRecord(intent: Intent): Promise<CreationResult<Found>> {
    let slot: ReservedSlot | undefined;
    try {
      slot = await this.request.reserve?.(intent);
      const created = await this.send(intent);
      await slot?.confirm(created.id);
      return { created: created, intent: await this.recordId(intent, created.id), takenOver: false };
    } catch (error) {
      // The records stay only while nobody knows: the next run settles it.
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
        // One that looked for what it had lost may have found this one first.
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
    const { createdIds: sendAndRecord, listNewest, findCreated, isCertainlyOurs } = this.request;
    try {
      const othersAtWork = await intents.othersAreAtWork(intent);
      const listed = await listNewest();
      for (const takenIds = new Set(sendAndRecord); ;) {
        const found = findCreated(listed, { intent, sentAt, takenIds });
        if (!found || isCertainlyOurs?.(found, intent)) return found;
        // What another stack has just made is not claimed before its answer is there: whoever is at work says soon what is his.
        if (othersAtWork && !isLast && createdIdOf(intent) === undefined) return undefined;
        // What another stack has got is not ours.
        if (await claims.claim(found.id, intent.id)) return found;
        takenIds.add(found.id);
      }
    } catch (error) {
      // Not being able to look leaves the outcome as unknown as it was, and that is what has to be said.
      throw unknownOutcome?.withFailedSearch(error) ?? error;
    }
  }
}

/** The resources that were checked, by what they make: of two alike it is not known which is which. */
export class CheckedUrns {
  private readonly urns = new Map<string, Set<string>>();

  add(key: string, urn: string): void {
    this.urns.set(key, (this.urns.get(key) ?? new Set()).add(urn));
  }

  /** The URN of the one that makes this; undefined where two do. */
  urnIfUnique(key: string, urn: string | undefined): string | undefined {
    return (this.urns.get(key)?.size ?? 0) > 1 ? undefined : urn;
  }
}
