import { z } from "zod";
import type { RedisConnection } from "./redis-connection";
import { type RecordStore, StoreUnavailable, type StoredRecord } from "../state/record-store";

/**
 * Both begin so: what is of no use any more goes, some of it each time. Times are Redis's own. Keys: the records of a kind by
 * name, and their names by when they end. A record whose end is not known (Redis may evict keys) counts until the key goes.
 */
const PRELUDE = `
local records, ends = KEYS[1], KEYS[2]
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for _, name in ipairs(redis.call('ZRANGEBYSCORE', ends, '-inf', now, 'LIMIT', 0, 500)) do
  redis.call('HDEL', records, name)
  redis.call('ZREM', ends, name)
end
`;

/** ARGV: a name. Answers the record, or nothing. */
const READ = `${PRELUDE}
return redis.call('HGET', records, ARGV[1])
`;

/** Answers names and records in turn. */
const ALL = `${PRELUDE}
return redis.call('HGETALL', records)
`;

/** ARGV: a name, the text that has to be there ("" none, "*" any or none), the text to write ("" to remove), ms to keep it. Answers 1 if done. */
const CHANGE = `${PRELUDE}
local name, from, to, kept = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
if from ~= '*' and from ~= (redis.call('HGET', records, name) or '') then return 0 end
if to == '' then
  redis.call('ZREM', ends, name)
  return redis.call('HDEL', records, name)
end
redis.call('HSET', records, name, to)
redis.call('ZADD', ends, now + kept, name)
redis.call('PEXPIRE', records, kept)
redis.call('PEXPIRE', ends, kept)
return 1
`;

const ANY = "*";
const NONE = "";
const pairs = z.array(z.string());

/**
 * Keeps records in a Redis: for all runners of an organisation. Every method throws StoreUnavailable while Redis cannot be reached. What
 * could not be removed then, or may have been written although no answer came, is removed when it is back.
 */
export function redisRecordStore(redis: RedisConnection): RecordStore {
  return ({ name: kind, lifetimeMs }) => {
    // One slot of a Redis cluster for both: the braces say so.
    const keys = [`pulumi-cja:{${kind}}:records`, `pulumi-cja:{${kind}}:ends`];
    /** What has to go, by name: the texts that may stand there. */
    const pendingRemovals = new Map<string, readonly string[]>();

    async function run(script: string, ...args: readonly (string | number)[]): Promise<unknown> {
      const answer = await redis.run(script, keys, args);
      if (answer === undefined) throw new StoreUnavailable(`no answer about ${kind}`);
      return answer;
    }

    const change = async (name: string, from: string, to: string): Promise<boolean> =>
      (await run(CHANGE, name, from, to, lifetimeMs)) === 1;

    /** As `change`, where one of several texts stands there. @returns undefined while the store is away. */
    async function changeEither(name: string, from: readonly string[], to: string): Promise<boolean | undefined> {
      try {
        for (const text of from) if (await change(name, text, to)) return true;
        return false;
      } catch (error) {
        if (error instanceof StoreUnavailable) return undefined;
        throw error;
      }
    }

    async function removePending(): Promise<void> {
      for (const [name, texts] of [...pendingRemovals]) {
        if ((await changeEither(name, texts, NONE)) === undefined) return;
        pendingRemovals.delete(name);
      }
    }

    function toStoredRecord(name: string, text: string): StoredRecord {
      // A change without an answer may have been made.
      let texts: readonly string[] = [text];
      return {
        name,
        value: parseJson(text),
        replace: async (value) => {
          await removePending();
          const next = JSON.stringify(value);
          const changed = await changeEither(name, texts, next);
          if (changed === undefined) texts = [...texts, next];
          return changed === true ? toStoredRecord(name, next) : undefined;
        },
        remove: async () => {
          await removePending();
          const removed = await changeEither(name, texts, NONE);
          if (removed === undefined) pendingRemovals.set(name, texts);
          return removed === true;
        },
      };
    }

    return {
      async read(name) {
        await removePending();
        const text = await run(READ, name);
        return typeof text === "string" ? toStoredRecord(name, text) : undefined;
      },
      async all() {
        await removePending();
        const flat = pairs.parse(await run(ALL));
        return flat.flatMap((name, i) => (i % 2 === 0 ? [toStoredRecord(name, flat[i + 1] ?? "")] : []));
      },
      async write(name, value) {
        await removePending();
        await change(name, ANY, JSON.stringify(value));
      },
      async create(name, value) {
        await removePending();
        const text = JSON.stringify(value);
        try {
          return (await change(name, NONE, text)) ? toStoredRecord(name, text) : undefined;
        } catch (error) {
          // It may have been written: whoever made it keeps it elsewhere now.
          if (error instanceof StoreUnavailable) pendingRemovals.set(name, [text]);
          throw error;
        }
      },
    };
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
