import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Stack } from "./harness/stack";
import { deviceIs, program, UNLIMITED } from "./programs";

describe("adopting segments that exist", () => {
  let emulator: Emulator;
  let stack: Stack;
  const same = { name: "Made in the UI", dataViewId: "dv_dev", description: "by Jane", definition: deviceIs("Phone") };
  const differing = { ...same, name: "Made by hand, too" };
  let sameId: string;
  let differingId: string;

  const want = (first: object, second: object) =>
    program({
      same: ["Segment", { ...same, ...first }],
      differing: ["Segment", { ...differing, name: "Now under code", ...second }],
    });
  const writes = () =>
    emulator.control.requests().filter(({ method, path }) => method !== "GET" && path.startsWith("/segments"));

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false });
    sameId = emulator.control.addSegment(same).id;
    differingId = emulator.control.addSegment(differing).id;
    stack = await createStack({
      env: { ...emulator.environment, ...UNLIMITED },
      program: want({ adoptId: sameId }, { adoptId: differingId }),
    });
  });
  beforeEach(() => emulator.control.clearRequests());
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  test("writes nothing to an equal one, and to another only what differs", async () => {
    const run = await stack.up();
    expect(run.changes).toEqual({ create: 2 });
    expect(run.output).toContain(`Segment ${sameId} "Made in the UI" of Jane Analyst is taken over as it is.`);
    expect(run.output).toContain(
      `Segment ${differingId} "Made by hand, too" of Jane Analyst is taken over; this changes its name.`,
    );
    expect(writes()).toEqual([
      expect.objectContaining({ method: "PUT", path: `/segments/${differingId}`, body: { name: "Now under code" } }),
    ]);
    expect(stack.resource("same")).toMatchObject({ id: sameId, outputs: { owner: { name: "Jane Analyst" } } });
    expect(emulator.control.segments()).toHaveLength(2);
  });

  test("can be forgotten by the program: without adoptId nothing changes", async () => {
    stack.setProgram(want({}, {}));
    const run = await stack.up({ preview: true, args: ["--expect-no-changes"] });
    expect(run.changes).toEqual({ same: 2 });
    expect(emulator.control.requests()).toEqual([]);
  });

  test("is no drift in a refresh, with or without adoptId in the program", async () => {
    const run = await stack.refresh({ args: ["--expect-no-changes"] });
    expect(run.changes).toEqual({ same: 2 });
    stack.setProgram(want({ adoptId: sameId }, {}));
    expect((await stack.up({ preview: true, args: ["--expect-no-changes"] })).changes).toEqual({ same: 2 });
    expect((await stack.refresh({ args: ["--expect-no-changes"] })).changes).toEqual({ same: 2 });
    expect(writes()).toEqual([]);
  });

  test("keeps what belongs to somebody else now and is only no longer listed, whether or not it may be read", async () => {
    emulator.control.setPermissions({ admin: false });
    emulator.control.editSegment(sameId, { owner: "Someone Else", shared: false });
    const run = await stack.refresh({ fails: "maybe" });
    emulator.control.setPermissions({ admin: true });
    expect(run.changes).toEqual({ same: 2 });
    expect(run.output).toContain(`segment ${sameId} to this account: it now belongs to somebody else.`);
    expect(stack.resource("same").id).toBe(sameId);
  });

  test("makes destroy delete it, as every resource", async () => {
    await stack.destroy();
    expect(emulator.control.segments().map(({ deleted }) => deleted)).toEqual([true, true]);
  });
});
