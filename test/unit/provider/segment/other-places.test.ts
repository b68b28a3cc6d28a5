import { turn } from "../../../faults/turn";
import { World, type Provider } from "../segment-job/world";

const wish = {
  name: "Mobile",
  dataViewId: "dv_dev",
  description: "",
  tags: ["late"],
  definition: {
    func: "segment",
    version: [1, 0, 0],
    container: {
      func: "container",
      context: "hits",
      pred: { func: "streq", str: "Home", val: { func: "attr", name: "variables/page" } },
    },
  },
};

let world: World;
beforeEach(async () => {
  world = await World.start({ dialect: "guide" });
});
afterEach(() => world.stop());

const segments = () => world.emulator.control.segments().map(({ id }) => id);

/** While one creation waits for others that write tags, too: its segment is made, and its record is kept. */
async function during(one: Provider, act: () => Promise<void>): Promise<{ id: string }> {
  let acting: Promise<void> | undefined;
  world.onSleep = async () => {
    if (acting) return one.beat();
    await (acting = act());
  };
  const made = await one.segments.create(wish);
  expect(acting).toBeDefined();
  world.onSleep = () => undefined;
  return made;
}

// Two containers have PIDs of their own, and may share a state folder that stays.
describe("a creation in a place that cannot be seen into", () => {
  test("is not taken over while it goes on: each stack gets a segment of its own", async () => {
    const [one, other] = [world.provider(), world.provider()];
    one.hide();
    let theirs = "";
    const mine = await during(one, async () => void (theirs = (await other.segments.create(wish)).id));
    expect([...segments()].sort()).toEqual([mine.id, theirs].sort());
    expect(other.lines).toEqual([expect.stringContaining("This machine cannot see whether that run is still active")]);
  });

  test("is not taken over either by one that begins when it has ended", async () => {
    const one = world.provider();
    one.hide();
    const mine = await one.segments.create(wish);
    const other = world.provider();
    const theirs = await other.segments.create(wish);
    expect([segments(), other.lines]).toEqual([[mine.id, theirs.id], []]);
  });

  test("is taken over once its request could not have an answer any more", async () => {
    const one = world.provider();
    one.hide();
    one.die(1);
    const lost = await one.segments.create(wish);
    const began = world.clock.time;
    const next = world.provider();
    expect((await next.segments.create(wish)).id).toBe(lost.id);
    expect(segments()).toEqual([lost.id]);
    expect(world.clock.time - began).toBe(90_000);
  });
});

test("a segment that a live creation has just made is left to it by one that looks for its own", async () => {
  // A killed run that had not got as far as its request: its record is all that is there.
  const killed = world.provider();
  const refused = { method: "POST", path: "^/segments$", status: 500, times: 1_000 };
  world.emulator.control.addFault(refused);
  await expect(killed.segments.create(wish)).rejects.toThrow();
  world.emulator.control.clearFaults();
  killed.die();

  const [one, next] = [world.provider(), world.provider()];
  let theirs: Promise<{ id: string }> | undefined;
  const mine = await during(one, async () => void (theirs = next.segments.create(wish)));
  expect([...segments()].sort()).toEqual([mine.id, (await theirs)?.id].sort());
});

test("a segment whose answer is still on its way to its own creation is left to that one", async () => {
  const { tags: _, ...plain } = wish;
  const killed = world.provider();
  world.emulator.control.addFault({ method: "POST", path: "^/segments$", status: 500, times: 1_000 });
  await expect(killed.segments.create(plain)).rejects.toThrow();
  world.emulator.control.clearFaults();
  killed.die();

  const [one, next] = [world.provider(), world.provider()];
  // Longer than the look of the other one takes. Where it is not, what is expected comes all the same.
  world.emulator.control.addFault({ method: "POST", path: "^/segments$", process: true, delayMs: 500 });
  let mine: Promise<{ id: string }> | undefined;
  let looked = false;
  world.onSleep = async () => {
    if (mine === undefined) {
      mine = one.segments.create(plain);
      while (segments().length === 0) await turn();
    } else if (!looked) {
      looked = true;
      await mine;
    }
  };
  const theirs = await next.segments.create(plain);
  expect(segments()).toEqual([(await mine)?.id, theirs.id]);
});
