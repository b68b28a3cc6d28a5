import { OutcomeUnknownError } from "./http/errors";
import { makeOnce, settle, type MakingServices } from "./unknown-outcome";
import type { Claims } from "./state/claims";
import { madeBy, type Intent, type Intents } from "./state/intents";

/** What making something once needs from the process it runs in. */
export interface CreationServices extends MakingServices {
  readonly intents: Intents;
  readonly claims: Claims;
  readonly warn: (text: string) => void;
}

interface Identified {
  readonly id: string;
}

/** Something that shall be made, and all that is peculiar to its kind. */
export interface Wish<Found> {
  /** What is made, by content: two wishes for the same have the same key. */
  readonly key: string;
  /** Of the resource, where it is known and no other one of the program is alike. */
  readonly urn: string | undefined;
  /** The IDs that this process has made: one of them is never the answer to another request. */
  readonly made: ReadonlySet<string>;
  /** What its record says from before the request. */
  readonly note: Readonly<Record<string, string>>;
  /** What its record says once it is made; undefined where nothing is left to do then, in which a run may be killed. */
  readonly noteOf: (id: string) => Readonly<Record<string, string>> | undefined;
  /** As an error names it: `create segment "Mobile"`. */
  readonly operation: string;
  /** Sends the request, once. */
  readonly send: (intent: Intent) => Promise<Found>;
  /** Takes the place that it needs before it is sent, or throws where there is none. What is taken over needs none. */
  readonly reserve?: (intent: Intent) => Promise<Place | undefined>;
  /** The newest ones where it would be. */
  readonly newest: () => Promise<readonly Found[]>;
  /** Which of them the request has made, if one has. */
  readonly recognise: (newest: readonly Found[], sent: Sent) => Found | undefined;
  /** Whether it shows itself that it is this request's: then nobody else has got it. Absent where nothing shows that. */
  readonly isOwn?: (found: Found, intent: Intent) => boolean;
  /** Reads the one that a record names; where this is absent it is looked for among the newest. */
  readonly readMade?: (id: string) => Promise<Found | undefined>;
  /** Points out what may be there twice, where no run has left a record of this very wish. */
  readonly pointOut: () => Promise<void>;
  readonly says: {
    readonly interrupted: string;
    readonly takenOver: (id: string) => string;
    /** @param answered whether an answer came, which leaves it open. */
    readonly doubt: (answered: boolean) => string;
  };
}

/** What is known of a request that may have made something. */
export interface Sent {
  readonly intent: Intent;
  /** When it was sent, in milliseconds since 1970. */
  readonly since: number;
  /** The IDs that are known to be another request's. */
  readonly taken: ReadonlySet<string>;
}

export interface Place {
  made(id: string): Promise<void>;
  /** Nothing was made. */
  release(): Promise<void>;
}

/** What was made, and the record of it: to be ended when all is done that belongs to making it. */
export interface Created<Found> {
  readonly found: Found;
  readonly intent: Intent;
  /** Made by an interrupted run: what else that run did to it is not known. */
  readonly takenOver: boolean;
}

/**
 * Makes one, and never two: a request whose outcome is unknown, in this process or in one that was killed, is settled by
 * looking for what it made before another is sent.
 */
export const createOnce = <Found extends Identified>(
  services: CreationServices,
  wish: Wish<Found>,
): Promise<Created<Found>> => new Creation(services, wish).carriedOut();

class Creation<Found extends Identified> {
  constructor(
    private readonly services: CreationServices,
    private readonly wish: Wish<Found>,
  ) {}

  async carriedOut(): Promise<Created<Found>> {
    const { key, urn, note, says, pointOut } = this.wish;
    const { intents, warn } = this.services;
    const leftover = await intents.takeOver(key, urn);
    if (!leftover) {
      await pointOut();
      return this.made(await intents.begin(key, note));
    }
    warn(says.interrupted);
    const found = await this.findLeft(leftover);
    if (!found) return this.made(leftover);
    warn(says.takenOver(found.id));
    return { found, intent: await this.noted(leftover, found.id), takenOver: true };
  }

  private async made(intent: Intent): Promise<Created<Found>> {
    let place: Place | undefined;
    try {
      place = await this.wish.reserve?.(intent);
      const found = await this.send(intent);
      await place?.made(found.id);
      return { found, intent: await this.noted(intent, found.id), takenOver: false };
    } catch (error) {
      // The records stay only while nobody knows: the next run settles it.
      if (!(error instanceof OutcomeUnknownError)) {
        await place?.release();
        await this.services.intents.end(intent);
      }
      throw error;
    }
  }

  private async noted(intent: Intent, id: string): Promise<Intent> {
    const note = this.wish.noteOf(id);
    return note ? this.services.intents.note(intent, note) : intent;
  }

  private async findLeft(left: Intent): Promise<Found | undefined> {
    const { clock, answerMs } = this.services;
    const id = madeBy(left);
    if (id !== undefined && this.wish.readMade) return this.wish.readMade(id);
    // Its process may have sent it again for as long as it was seen.
    return settle(clock, left.seenAt, answerMs, (last) => this.look(left, left.startedAt, last));
  }

  private send(intent: Intent): Promise<Found> {
    const { clock, claims, intents, warn } = this.services;
    const { operation, send, says } = this.wish;
    const since = clock.now();
    return makeOnce(this.services, {
      operation,
      async send() {
        const found = await send(intent);
        // One that looked for what it had lost may have found this one first.
        return (await claims.claim(found.id, intent.id)) ? found : undefined;
      },
      look: (unknown, last) => this.look(intent, since, last, unknown),
      isWanted: intents.isHeard,
      onDoubt: ({ sent }) => warn(says.doubt(sent?.answered === true)),
    });
  }

  private async look(
    intent: Intent,
    since: number,
    last: boolean,
    unknown?: OutcomeUnknownError,
  ): Promise<Found | undefined> {
    const { claims, intents } = this.services;
    const { made, newest, recognise, isOwn } = this.wish;
    try {
      const othersAtWork = await intents.othersAtWork(intent);
      const listed = await newest();
      for (const taken = new Set(made); ;) {
        const found = recognise(listed, { intent, since, taken });
        if (!found || isOwn?.(found, intent)) return found;
        // What another stack has just made is not claimed before its answer is there: whoever is at work says soon what is his.
        if (othersAtWork && !last && madeBy(intent) === undefined) return undefined;
        // What another stack has got is not ours.
        if (await claims.claim(found.id, intent.id)) return found;
        taken.add(found.id);
      }
    } catch (error) {
      // Not being able to look leaves the outcome as unknown as it was, and that is what has to be said.
      throw unknown?.andLookingFailed(error) ?? error;
    }
  }
}

/** The resources that were checked, by what they make: of two alike it is not known which is which. */
export class Checked {
  private readonly urns = new Map<string, Set<string>>();

  add(key: string, urn: string): void {
    this.urns.set(key, (this.urns.get(key) ?? new Set()).add(urn));
  }

  /** The URN of the one that makes this; undefined where two do. */
  only(key: string, urn: string | undefined): string | undefined {
    return (this.urns.get(key)?.size ?? 0) > 1 ? undefined : urn;
  }
}
