import { parseProgramResource, type ProgramResource } from "../../provider/program-resource";
import { deviceIs } from "../engine/programs";
import { World, type Provider } from "../unit/provider/segment-job/world";
import { hasRedis, RedisServer } from "./redis-server";

// Machines that work at the same time, each with a state folder of its own: what one has noted in the Redis, the other knows.
// What a killed one has left: vanished-runner.test.ts.

const suite = hasRedis ? describe : describe.skip;

const MOBILE = { name: "Mobile", dataViewId: "dv_dev", definition: deviceIs("Phone") };
const of = (stack: string, name: string) =>
  parseProgramResource({
    urn: `urn:pulumi:${stack}::web::pulumi-nodejs:dynamic/cja:Segment::${name}`,
  }) as ProgramResource;

suite("two machines with one Redis", () => {
  let redis: RedisServer;
  let world: World;
  beforeEach(async () => {
    redis = await RedisServer.start();
    world = await World.start();
  });
  afterEach(async () => {
    await redis.stop();
    await world.stop();
  });

  /** A process on a machine of its own. */
  function machine(settings: Readonly<Record<string, string>> = {}): Provider {
    world.loseRecords();
    return world.provider({ CJA_VALIDATE: "never", CJA_RATE_LIMIT_STORE: redis.url, ...settings });
  }
  const segments = () => world.emulator.control.segments().map(({ id, deleted }) => [id, deleted]);

  test("know of each other's stacks which one has a segment, and delete none of the other's", async () => {
    const { id, state } = await machine().segments.create(MOBILE, of("one", "a"));
    const [first, second] = ['cja.Segment "a" of the stack web/one', 'cja.Segment "b" of the stack web/two'];
    const adopting = { ...MOBILE, adoptId: id };
    const other = machine();
    await other.segments.check({}, adopting, of("two", "b"));
    expect(other.lines.join("\n")).toContain(`warning: Segment ${id}: ${first} has it, too.`);
    const theirs = await other.segments.create(adopting, of("two", "b"));
    const refused = (by: string) => `${by} has it, too. Nothing was deleted.`;
    await expect(machine().segments.delete(id, state)).rejects.toThrow(refused(second));
    await expect(machine().segments.delete(id, theirs.state)).rejects.toThrow(refused(first));
    await machine().holders.markLetsGo(id, "web/two");
    await machine().segments.delete(id, theirs.state);
    expect(segments()).toEqual([[id, false]]);
    await machine().segments.delete(id, state);
    expect(segments()).toEqual([[id, true]]);
  });

  test("take for lost nothing that the other one has just made with the same content", async () => {
    // A killed run that had not got as far as its request: its record is all that is there.
    const killed = machine();
    world.emulator.control.addFault({ method: "POST", path: "^/segments$", status: 500, times: 1_000 });
    await expect(killed.segments.create(MOBILE)).rejects.toThrow();
    world.emulator.control.clearFaults();
    killed.die();
    const [one, next] = [machine(), machine()];
    let mine: Promise<{ id: string }> | undefined;
    // While the next one looks for what the killed one may have made, and sees nothing of the other's folder.
    world.onSleep = () =>
      (mine ??= one.segments.create(MOBILE).then((made) => {
        world.loseRecords();
        return made;
      }));
    const theirs = await next.segments.create(MOBILE);
    expect(segments()).toEqual([
      [(await mine)?.id, false],
      [theirs.id, false],
    ]);
  });

  test("count the runs of a day together, those that no listing shows yet among them", async () => {
    const most = { CJA_MAX_RUNS_PER_DAY: "1" };
    await machine(most).jobs.create({ segmentIds: ["a"] });
    const late = { status: 200, body: { children: [], _page: { totalCount: 0, pageSize: 0 } } };
    world.emulator.control.addFault({ method: "GET", path: "/segment/jobs$", ...late });
    await expect(machine(most).jobs.create({ segmentIds: ["b"] })).rejects.toThrow(
      "0 runs were started there today (UTC) and 1 is under way",
    );
    expect(world.count("POST")).toBe(1);
  });
});
