import { z } from "zod";
import { systemClock } from "../../provider/clock";
import { RedisConnection } from "../../provider/limits/redis-connection";
import { deviceIs } from "../engine/programs";
import { Host } from "../faults/host";
import { Resource } from "../faults/resource";
import { hasRedis, RedisServer } from "./redis-server";

// In CI the state folder goes with the runner. What a killed one left is settled by the next where both have a Redis: without one it is
// pointed out (test/faults/killed.test.ts).

const suite = hasRedis ? describe : describe.skip;

const definition = deviceIs("Phone");
const MOBILE = { name: "Mobile", dataViewId: "dv_dev", definition };
const RUN = { segmentIds: ["audience-1", "audience-2"], triggers: { release: "2026-11" } };

const SEGMENT = { method: "POST", path: "^/segments$" };
const JOB = { method: "POST", path: "^/data/core/ups/segment/jobs$" };

/** All keys and values. */
const EVERYTHING = `
  local all = redis.call('KEYS', '*')
  local found = {}
  for _, key in ipairs(all) do
    table.insert(found, key)
    local kind = redis.call('TYPE', key).ok
    local values = kind == 'hash' and redis.call('HGETALL', key) or kind == 'zset' and redis.call('ZRANGE', key, 0, -1) or { redis.call('GET', key) }
    for _, value in ipairs(values) do table.insert(found, value) end
  end
  return found`;

suite("the next runner, with another state folder and the same Redis", () => {
  let redis: RedisServer;
  let host: Host;
  beforeEach(async () => {
    redis = await RedisServer.start();
    host = await Host.start({ CJA_RATE_LIMIT_STORE: redis.url });
  });
  afterEach(async () => {
    await host.stop();
    await redis.stop();
  });

  const segments = () => host.emulator.control.segments().map(({ id }) => id);
  const jobs = () => host.emulator.control.jobs().map(({ id }) => id);
  const posts = () =>
    host.emulator.control
      .requests()
      .filter(({ method, path }) => method === "POST" && /(\/segments|\/jobs)$/.test(path));

  test("takes over the segment that a killed one had made", async () => {
    const segment = new Resource("segment");
    await host.killDuring(SEGMENT, true, segment.up(await host.process(), MOBILE));
    const made = segments();
    host.loseRecords();
    await segment.up(await host.process(), MOBILE);
    expect([made, segments(), posts()]).toEqual([[segment.id], [segment.id], []]);
    expect(host.printed.join("\n")).toContain(`the interrupted run created ${segment.id}; this run takes it over`);
  });

  test("makes the segment once that a killed one had not made", async () => {
    const segment = new Resource("segment");
    await host.killDuring(SEGMENT, false, segment.up(await host.process(), MOBILE));
    host.loseRecords();
    await segment.up(await host.process(), MOBILE);
    expect([segments(), posts().length]).toEqual([[segment.id], 1]);
  });

  test("takes over the job that a killed one had started", async () => {
    const job = new Resource("job");
    await host.killDuring(JOB, true, job.up(await host.process(), RUN));
    host.loseRecords();
    await job.up(await host.process(), RUN);
    expect([jobs(), posts()]).toEqual([[job.id], []]);
  });

  test("settles what was begun on disk while the Redis was away, and says once that it is", async () => {
    await redis.kill();
    const segment = new Resource("segment");
    await host.killDuring(SEGMENT, true, segment.up(await host.process(), MOBILE));
    const away = host.printed.filter((line) => line.includes("cannot be used"));
    expect(away).toEqual([
      expect.stringMatching(/Until it is back.* keeps its records of unfinished requests on this machine/),
    ]);
    await redis.restart();
    await segment.up(await host.process(), MOBILE);
    expect([segments(), posts()]).toEqual([[segment.id], []]);
  });

  test("knows the form of the API, and what was found valid, from the one before", async () => {
    await new Resource("segment").up(await host.process(), MOBILE);
    host.loseRecords();
    host.emulator.control.clearRequests();
    await new Resource("segment").up(await host.process(), { ...MOBILE, description: "Another" });
    const asked = host.emulator.control.requests().map(({ method, path }) => `${method} ${path}`);
    expect(asked.filter((request) => !request.includes("/ims/"))).toEqual(["POST /segments"]);
  });

  test("finds no token there", async () => {
    await new Resource("segment").up(await host.process(), MOBILE);
    const store = new RedisConnection({ url: redis.url, clock: systemClock, log: () => undefined });
    const all = await store.run(EVERYTHING, [], []);
    store.close();
    const kept = z.array(z.string()).parse(all).join("\n");
    expect(kept).toContain("guide");
    expect(host.tokens()).toHaveLength(1);
    for (const secret of [...host.tokens(), host.emulator.environment["CJA_CLIENT_SECRET"]])
      expect(kept).not.toContain(secret);
  });
});
