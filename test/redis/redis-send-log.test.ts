import { setTimeout as delay } from "node:timers/promises";
import { systemClock } from "../../provider/clock";
import { createLimiter } from "../../provider/limits/limiter";
import { RedisConnection } from "../../provider/limits/redis-connection";
import { createRedisSendLog } from "../../provider/limits/redis-send-log";
import { type SendLog, TRAVEL_MS } from "../../provider/limits/send-log";
import { turn } from "../faults/turn";
import { InstantClock } from "../unit/provider/http/virtual-clock";
import { hasRedis, RedisServer } from "./redis-server";

const suite = hasRedis ? describe : describe.skip;

/** Redis has a clock of its own: what shall not pass while a test runs is this long. */
const HOUR_MS = 3_600_000;

suite("a send log in Redis", () => {
  let redis: RedisServer;
  const stores: RedisConnection[] = [];
  let names = 0;

  beforeAll(async () => void (redis = await RedisServer.start("pass-word")));
  afterEach(() => stores.splice(0).forEach((store) => store.close()));
  afterAll(() => redis.stop());

  const newName = () => `sends-${(names += 1)}`;
  const limits = { windows: [{ requests: 6, ms: HOUR_MS }], maxConcurrent: 2, longestRequestMs: HOUR_MS };

  /** A runner: a process with a connection of its own. Its own clock may be wrong. */
  function runner(options: Partial<typeof limits> & { name: string }, clock = new InstantClock(), url = redis.url) {
    const lines: string[] = [];
    const store = new RedisConnection({ url, clock, log: (line) => lines.push(line) });
    stores.push(store);
    return { clock, lines, log: createRedisSendLog(store, { ...limits, ...options }, clock) };
  }

  /** Sends and lands as often as it may. */
  async function burst(log: SendLog): Promise<{ sent: number; wait: number }> {
    for (let sent = 0; ; sent += 1) {
      const admission = await log.admit();
      if (!admission.granted) return { sent, wait: admission.wait };
      admission.release?.();
    }
  }

  test("counts for all runners together, by Redis's clock", async () => {
    const name = newName();
    const [one, other] = [runner({ name }), runner({ name }, new InstantClock(5))];
    expect(await one.log.admit()).toMatchObject({ granted: true });
    const { sent, wait } = await burst(other.log);
    // One place in flight is the first runner's.
    expect(sent).toBe(5);
    expect(wait).toBeGreaterThan(HOUR_MS / 2);
    expect(wait).toBeLessThanOrEqual(HOUR_MS);
    expect(await burst(one.log)).toMatchObject({ sent: 0 });
  });

  test("keeps the places in flight of all runners, and frees them when a request has ended", async () => {
    const name = newName();
    const [one, other] = [runner({ name }), runner({ name })];
    const first = await one.log.admit();
    await one.log.admit();
    expect(await other.log.admit()).toEqual({ granted: false, wait: 50 });
    if (first.granted) first.release?.();
    // On the connection of the first runner what is asked next is answered after the release.
    expect(await one.log.admit()).toMatchObject({ granted: true });
    expect(await other.log.admit()).toEqual({ granted: false, wait: 50 });
  });

  test("frees the place of a runner that was killed when its request has to be over, and not before", async () => {
    const [slow, quick] = [newName(), newName()];
    const places = async (name: string, longestRequestMs: number) => {
      const { log } = runner({ name, longestRequestMs });
      await log.admit();
      await log.admit();
      return log;
    };
    expect(await (await places(slow, HOUR_MS)).admit()).toMatchObject({ granted: false });
    const log = await places(quick, 1);
    while (!(await log.admit()).granted);
  });

  test("a pause of one holds all back, and a shorter one does not end it", async () => {
    const name = newName();
    const [one, other] = [runner({ name }), runner({ name })];
    await one.log.admit();
    // None is longer than five minutes.
    one.log.pauseUntil(one.clock.now() + HOUR_MS);
    one.log.pauseUntil(one.clock.now() + 1_000);
    await one.log.admit();
    const admission = await other.log.admit();
    expect(admission).toMatchObject({ granted: false });
    if (!admission.granted) expect(admission.wait).toBeGreaterThan(1_000);
    if (!admission.granted) expect(admission.wait).toBeLessThanOrEqual(300_000);
  });

  test("organisations do not share", async () => {
    expect((await burst(runner({ name: newName() }).log)).sent).toBe(6);
    expect((await burst(runner({ name: newName() }).log)).sent).toBe(6);
  });

  test("several windows hold at the same time", async () => {
    const windows = [
      { requests: 6, ms: HOUR_MS },
      { requests: 3, ms: 100 },
    ];
    const { log } = runner({ name: newName(), windows, maxConcurrent: 9 });
    const sent: { before: number; after: number }[] = [];
    for (let wait = 0; wait < HOUR_MS / 2;) {
      const before = performance.now();
      const admission = await log.admit();
      if (admission.granted) sent.push({ before, after: performance.now() });
      wait = admission.granted ? 0 : admission.wait;
    }
    expect(sent).toHaveLength(6);
    // However fast this machine is: from before one was asked for until the third after it was granted, the window has passed.
    for (const [i, { before }] of sent.slice(0, 3).entries())
      expect((sent[i + 3]?.after ?? NaN) - before).toBeGreaterThanOrEqual(100);
  });

  describe("a clock of Redis that was set back by a day", () => {
    const ahead = `
      local time = redis.call('TIME')
      local later = string.format('%.0f', time[1] * 1000 + 86400000)
    `;
    const filled: Record<string, string> = {
      sends: `for i = 1, 6 do redis.call('ZADD', KEYS[1], later + i, i) end`,
      flights: `for i = 1, 2 do redis.call('ZADD', KEYS[1], later + i, i) end`,
      runners: `for i = 1, 3 do redis.call('ZADD', KEYS[1], later + i, i) end`,
      pause: `redis.call('SET', KEYS[1], later, 'PX', 86400000)`,
    };
    const furthest = `
      local time, last = redis.call('TIME'), redis.call('GET', KEYS[2])
      if not last then last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2] end
      return string.format('%.0f', last - time[1] * 1000)
    `;

    test.each([
      ["sends", HOUR_MS + TRAVEL_MS],
      ["flights", HOUR_MS],
      ["runners", 0],
      ["pause", 300_000],
    ])("holds nobody up by its %s for longer than they count", async (part, most) => {
      const name = newName();
      const { log } = runner({ name });
      const store = stores.at(-1);
      const key = `pulumi-cja:{${name}}:${part}`;
      await store?.run(`${ahead}${filled[part]}`, [key], []);
      const admission = await log.admit();
      if (!admission.granted) expect(admission.wait).toBeLessThanOrEqual(most);
      // And it is no longer the next time.
      const kind = part === "pause" ? [`${key}-none`, key] : [key, `${key}-none`];
      expect(Number(await store?.run(furthest, kind, []))).toBeLessThanOrEqual(most + 1_000);
      await log.admit();
      expect(Number(await store?.run(furthest, kind, []))).toBeLessThanOrEqual(most + 1_000);
    });

    test("does not keep a new pause from being heard", async () => {
      const name = newName();
      const one = runner({ name });
      await stores.at(-1)?.run(`${ahead}${filled["pause"]}`, [`pulumi-cja:{${name}}:pause`], []);
      one.log.pauseUntil(one.clock.now() + 20_000);
      const admission = await one.log.admit();
      expect(admission).toMatchObject({ granted: false });
      if (!admission.granted) expect(admission.wait).toBeLessThanOrEqual(20_000);
    });

    test("does not make a runner's share smaller", async () => {
      const name = newName();
      const { log } = runner({ name });
      const key = `pulumi-cja:{${name}}:runners`;
      await stores.at(-1)?.run(`${ahead}${filled["runners"]}`, [key], []);
      await log.admit();
      const lasting = "return redis.call('ZCOUNT', KEYS[1], redis.call('TIME')[1] * 1000 + 2000, '+inf')";
      expect(await stores.at(-1)?.run(lasting, [key], [])).toBe(0);
    });
  });

  test("lost in mid-run: each keeps to its share of what is left, says so once, and tells of it when Redis is back", async () => {
    const server = await RedisServer.start();
    try {
      const name = newName();
      const limits = { name, windows: [{ requests: 12, ms: HOUR_MS }], maxConcurrent: 6 };
      const [one, other] = [
        runner(limits, new InstantClock(), server.url),
        runner(limits, new InstantClock(), server.url),
      ];
      for (const { log } of [one, other, one, other]) await log.admit();
      await server.kill();
      // 4 of 12 are sent: of the 8 that are left each may send 4.
      expect(await burst(one.log)).toMatchObject({ sent: 4 });
      expect(await burst(other.log)).toMatchObject({ sent: 4 });
      expect(one.lines).toEqual([
        expect.stringMatching(
          /^warning: the rate-limit store \(cja:rateLimitStore\) cannot be used \(.+\)\. Until it is back/,
        ),
      ]);
      await server.restart();
      one.clock.time += 5_000;
      for (; one.lines.length < 2; one.clock.time += 5_000) {
        await one.log.admit();
        await delay(50);
      }
      expect(one.lines[1]).toMatch(/is back/);
      // The Redis that is back knows nothing but what it is told: the four that were sent in between, and perhaps one more.
      const { sent } = await burst(runner(limits, new InstantClock(), server.url).log);
      expect(sent).toBeLessThanOrEqual(8);
      expect(sent).toBeGreaterThanOrEqual(6);
    } finally {
      await server.stop();
    }
  });

  test("a Redis that hangs is lost, too, and holds nobody up for ever", async () => {
    const server = await RedisServer.start();
    try {
      const one = runner({ name: newName() }, new InstantClock(), server.url);
      await one.log.admit();
      server.freeze();
      expect((await burst(one.log)).sent).toBeGreaterThan(0);
      expect(one.lines).toHaveLength(1);
      server.thaw();
    } finally {
      await server.stop();
    }
  });

  test("a process that stands still takes no Redis for lost that has answered meanwhile", async () => {
    const server = await RedisServer.start();
    try {
      const one = runner({ name: newName() }, new InstantClock(), server.url);
      await one.log.admit();
      server.freeze();
      const admission = one.log.admit();
      // Its command is on its way.
      await turn();
      server.thaw();
      // Longer than the second in which Redis has to answer.
      for (const until = Date.now() + 1_500; Date.now() < until;);
      await admission;
      expect(one.lines).toEqual([]);
    } finally {
      await server.stop();
    }
  });

  test("one that was never there costs a warning with the reason, and no password is in it", async () => {
    const wrong = redis.url.replace("pass-word", "wrong-word");
    const { log, lines } = runner(
      { name: newName(), windows: [{ requests: 60, ms: 60_000 }] },
      new InstantClock(),
      wrong,
    );
    // A quarter, as nobody knows how many there are.
    expect((await burst(log)).sent).toBe(15);
    expect(lines).toEqual([expect.stringContaining("WRONGPASS")]);
    expect(lines.join()).not.toContain("wrong-word");
  });

  // Under real limits, and how well they are used: `npm run bench -- --part realtime`.
  test("four runners get all through, and no more at a time than is allowed", async () => {
    const name = newName();
    const rateLimit = { windows: [{ requests: 40, ms: 500 }], maxConcurrent: 6 };
    let sent = 0;
    let inFlight = 0;
    let most = 0;
    const work = Array.from({ length: 4 }, async () => {
      const store = new RedisConnection({ url: redis.url, clock: systemClock, log: () => undefined });
      stores.push(store);
      const limiter = createLimiter(
        rateLimit,
        systemClock,
        createRedisSendLog(store, { ...limits, ...rateLimit, name }, systemClock),
      );
      const send = () =>
        limiter.schedule(async () => {
          sent += 1;
          most = Math.max(most, (inFlight += 1));
          await turn();
          inFlight -= 1;
        });
      await Promise.all(Array.from({ length: 50 }, send));
    });
    await Promise.all(work);
    expect(sent).toBe(200);
    expect(most).toBeLessThanOrEqual(6);
  });
});
