import { World } from "../segment-job/world";
const definition = {
  func: "segment",
  version: [1, 0, 0],
  container: {
    func: "container",
    context: "hits",
    pred: { func: "exists", val: { func: "attr", name: "variables/page" } },
  },
};
test("a segment of a slow listing is not gone", async () => {
  const world = await World.start();
  try {
    const maker = world.provider({ CJA_DIALECT: "guide" });
    const make = (name: string) => maker.segments.create({ name, dataViewId: "dv_prod", definition });
    const [a, b, c] = [await make("A"), await make("B"), await make("C")];
    world.emulator.control.editSegment(b.id, { dataViewId: "dv_dev" });
    const provider = world.provider({ CJA_DIALECT: "guide" });
    await provider.segments.read(c.id, c.state);
    world.emulator.control.clearRequests();
    world.emulator.control.addFault({
      method: "GET",
      path: "^/segments$",
      skip: 1,
      status: 429,
      headers: { "retry-after": "299" },
    });
    world.onSleep = (ms) => void (ms > 100_000 && (world.clock.time += 2_000));
    const [ra, rb] = await Promise.all([provider.segments.read(a.id, a.state), provider.segments.read(b.id, b.state)]);

    expect(rb).toBeDefined();
    expect(ra).toBeDefined();
  } finally {
    await world.stop();
  }
});

describe.each(["guide", "reference"] as const)("in the %s dialect", (dialect) => {
  test("a segment that a cut page does not have is not gone", async () => {
    const world = await World.start({ dialect });
    try {
      const maker = world.provider();
      const names = Array.from({ length: 60 }, (_, i) => `Segment ${i}`);
      const made = await Promise.all(
        names.map((name) => maker.segments.create({ name, dataViewId: "dv_prod", definition })),
      );
      world.emulator.control.setPaging({ largest: 20 });
      const { segments } = world.provider();
      const read = await Promise.all(made.map(({ id, state }) => segments.read(id, state)));
      expect(read.map((one) => one?.state["name"])).toEqual(names);
    } finally {
      await world.stop();
    }
  });
});
