import { dimension, metric, segment, visits, all } from "../../../../definition";
import { World } from "../segment-job/world";

const uses = (page: string, orders: string) =>
  segment(visits(all(dimension(page).exists(), metric(orders).isAtLeast(1))));
const good = { name: "A", dataViewId: "dv_dev", definition: uses("page", "orders") };
const bad = { ...good, definition: uses("nowhere", "nothing") };

const LACKS = [
  'definition.container.pred.preds[0].val.name: found "variables/nowhere", which the data view "dv_dev" does not have',
  'definition.container.pred.preds[1].val.evt.name: found "metrics/nothing", which the data view "dv_dev" does not have',
];

describe.each(["guide", "reference"] as const)("the components of a data view, in the %s dialect", (dialect) => {
  let world: World;
  beforeEach(async () => (world = await World.start({ dialect })));
  afterEach(() => world.stop());

  const provider = (checkTarget: string, more: Record<string, string> = {}) =>
    world.provider({ CJA_CHECK_TARGET: checkTarget, CJA_VALIDATE: "never", ...more }).segments;
  const asked = () => world.emulator.control.requests().filter(({ path }) => path.startsWith("/data/dataviews")).length;
  const written = () => world.emulator.control.segments().length;
  const mistakes = async (given: object, of = provider("always")) =>
    (await of.check({}, given as Record<string, unknown>)).mistakes.map(({ path, message }) => `${path}: ${message}`);

  test("are looked for in the preview, each that is missing is named, and two requests are enough", async () => {
    const segments = provider("always");
    expect(await mistakes(bad, segments)).toEqual(LACKS);
    expect(await Promise.all(Array.from({ length: 20 }, () => mistakes(good, segments)))).toEqual(Array(20).fill([]));
    expect(asked()).toBe(2);
    // The run that follows knows them from the preview.
    await provider("always").create(good);
    expect(asked()).toBe(2);
  });

  test("are asked for anew where one seems to be missing: it may have come since", async () => {
    await mistakes(good);
    world.emulator.control.addDataView({
      id: "dv_dev",
      name: "Development",
      dimensions: [{ id: "variables/nowhere", name: "N", type: "STRING" }],
      metrics: [{ id: "metrics/nothing", name: "N", type: "INT" }],
    });
    expect(await mistakes(bad)).toEqual([]);
  });

  test("are looked for only in the run, or not at all, where that is wanted", async () => {
    expect(await mistakes(bad, provider("apply"))).toEqual([]);
    await expect(provider("apply").create(bad)).rejects.toThrow(/"variables\/nowhere".*Nothing was written/s);
    expect(written()).toBe(0);
    await provider("never").create(bad);
    expect([asked(), written()]).toEqual([2, 1]);
  });

  test("cannot be had of a data view that is not there", async () => {
    expect(await mistakes({ ...good, dataViewId: "dv_none" })).toEqual([
      'dataViewId: found "dv_none", but there is no such data view',
    ]);
  });

  test("of a list that is cut nobody knows what it lacks", async () => {
    world.emulator.control.addFault({
      path: "/metrics$",
      status: 200,
      body: { content: [{ id: "metrics/orders" }], lastPage: false },
    });
    expect(await mistakes(bad)).toEqual([]);
  });
});
