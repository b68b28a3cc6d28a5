import { setTimeout as delay } from "node:timers/promises";
import { RedisConnection } from "../../provider/limits/redis-connection";
import { StoreUnavailable } from "../../provider/state/record-store";
import { redisRecordStore } from "../../provider/limits/redis-record-store";
import { behavesAsRecordStore } from "../unit/provider/state/record-store-behaviour";
import { InstantClock } from "../unit/provider/http/virtual-clock";
import { hasRedis, RedisServer } from "./redis-server";

const suite = hasRedis ? describe : describe.skip;
const KIND = { name: "intent-1", lifetimeMs: 60_000 };

suite("records in Redis", () => {
  let redis: RedisServer;
  let clock: InstantClock;
  const stores: RedisConnection[] = [];
  beforeEach(async () => {
    redis = await RedisServer.start();
    clock = new InstantClock();
  });
  afterEach(async () => {
    stores.splice(0).forEach((store) => store.close());
    await redis.stop();
  });

  function open(url = redis.url) {
    const store = new RedisConnection({ url, clock, log: () => undefined });
    stores.push(store);
    return { store, records: redisRecordStore(store) };
  }

  /** Redis has a clock of its own: all that ends does so earlier. */
  async function pass(ms: number): Promise<void> {
    const script = `
      for _, key in ipairs(redis.call('KEYS', '*:ends')) do
        for _, name in ipairs(redis.call('ZRANGE', key, 0, -1)) do redis.call('ZINCRBY', key, -ARGV[1], name) end
      end
      return 1`;
    expect(await open().store.run(script, [], [ms])).toBe(1);
  }

  behavesAsRecordStore(() => ({ open: () => open().records, pass }));

  test("leave nothing when all are over", async () => {
    const { store, records } = open();
    const brief = records({ name: "brief", lifetimeMs: 40 });
    for (const name of ["a", "b"]) await brief.write(name, 1);
    while ((await store.run("return #redis.call('KEYS', '*')", [], [])) !== 0) await delay(5);
  });

  test("are away with their Redis, which holds nobody up", async () => {
    const records = open().records(KIND);
    const record = await records.create("a", 1);
    await redis.kill();
    for (const asked of [records.read("a"), records.all(), records.write("a", 2), records.create("b", 1)])
      await expect(asked).rejects.toThrow(StoreUnavailable);
    expect([await record?.replace(2), await record?.remove()]).toEqual([undefined, false]);
  });

  /** The Redis is away for this while, and keeps what it has. */
  async function away(during: () => Promise<void>): Promise<void> {
    redis.freeze();
    await during();
    redis.thaw();
    clock.time += 5_000;
  }

  test.each([
    ["was asked for and not answered", false],
    ["was not asked for, since the Redis was known to be away", true],
  ])("what could not be removed goes when the Redis is back, where it %s", async (_, isKnown) => {
    const [mine, theirs] = [open().records(KIND), open().records(KIND)];
    const record = await mine.create("a", 1);
    await away(async () => {
      if (isKnown) await expect(mine.read("x")).rejects.toThrow(StoreUnavailable);
      expect(await record?.remove()).toBe(false);
    });
    expect(await mine.all()).toEqual([]);
    expect(await theirs.all()).toEqual([]);
  });

  test("what may have been written although no answer came goes, too, and what may have been noted", async () => {
    const [mine, theirs] = [open().records(KIND), open().records(KIND)];
    await mine.write("b", 1);
    const record = await mine.read("b");
    await away(async () => {
      await expect(mine.create("a", 1)).rejects.toThrow(StoreUnavailable);
      expect(await record?.replace(2)).toBeUndefined();
    });
    await record?.remove();
    await mine.read("x");
    expect((await theirs.all()).map(({ name }) => name)).toEqual([]);
  });
});
