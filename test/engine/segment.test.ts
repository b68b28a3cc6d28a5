import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Stack } from "./harness/stack";
import { deviceIs, program, UNLIMITED } from "./programs";

const mobile = { name: "Mobile", dataViewId: "dv_dev", definition: deviceIs("Phone"), description: "On a phone" };

// Each test goes on where the one before it stopped: a life in steps, on one stack.
describe.each(["guide", "reference"] as const)("a segment's life, in the %s dialect", (dialect) => {
  let emulator: Emulator;
  let stack: Stack;

  beforeAll(async () => {
    emulator = await startEmulator({ dialect, limits: false });
    stack = await createStack({
      env: { ...emulator.environment, ...UNLIMITED },
      program: program({ mobile: ["Segment", mobile] }),
    });
  });
  beforeEach(() => emulator.control.clearRequests());
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  // What no dialect can make any difference to is tried in one of them.
  const once = dialect === "guide" ? test : () => undefined;
  const want = (changes: object) => stack.setProgram(program({ mobile: ["Segment", { ...mobile, ...changes }] }));
  const sent = () =>
    emulator.control
      .requests()
      .filter(({ path }) => !path.startsWith("/ims/"))
      .map(({ method, path }) => `${method} ${/^\/segments\/(?!validate)/.test(path) ? "/segments/ID" : path}`);
  const inService = () => emulator.control.segments().filter(({ deleted }) => !deleted);
  const body = (method: string) => emulator.control.requests().find((request) => request.method === method)?.body;

  test("is created, with the service's words in the outputs", async () => {
    const run = await stack.up({ preview: true });
    expect(run.changes).toEqual({ create: 1 });
    // Once for a new state folder: which dialect it is, and what an interrupted run may have left.
    expect(sent()).toEqual(["GET /segments", "POST /segments/validate", "GET /segments", "POST /segments"]);
    expect(stack.resource("mobile")).toMatchObject({
      id: inService()[0]?.id,
      outputs: {
        ...mobile,
        orgId: "EMULATOR@AdobeOrg",
        dataViewName: expect.any(String) as string,
        owner: { id: expect.any(String) as string },
      },
    });
    expect(inService()).toHaveLength(1);
  });

  once("costs nothing when there is nothing to do", async () => {
    const run = await stack.up({ preview: true });
    expect(run.changes).toEqual({ same: 1 });
    expect(emulator.control.requests()).toEqual([]);
  });

  test("takes a new name with one request over preview and up together", async () => {
    want({ name: "Mobile visitors" });
    const run = await stack.up({ preview: true });
    expect(run.changes).toEqual({ update: 1 });
    expect(sent()).toEqual(["PUT /segments/ID"]);
    expect(body("PUT")).toEqual({ name: "Mobile visitors" });
    expect(stack.resource("mobile").outputs).toMatchObject({ name: "Mobile visitors" });
  });

  test("takes a new definition with two", async () => {
    want({ name: "Mobile visitors", definition: deviceIs("Tablet") });
    await stack.up({ preview: true });
    expect(sent()).toEqual(["POST /segments/validate", "PUT /segments/ID"]);
    expect(body("PUT")).toEqual({ definition: deviceIs("Tablet") });
  });

  once("takes a new description, and loses one that leaves the program", async () => {
    want({ name: "Mobile visitors", definition: deviceIs("Tablet"), description: "On a tablet" });
    await stack.up();
    expect(body("PUT")).toEqual({ description: "On a tablet" });
    emulator.control.clearRequests();
    want({ name: "Mobile visitors", definition: deviceIs("Tablet"), description: undefined });
    await stack.up();
    expect(body("PUT")).toEqual({ description: "" });
    expect(inService()[0]?.description ?? "").toBe("");
    expect(stack.resource("mobile").outputs).not.toHaveProperty("description");
  });

  once("is not changed by another order of keys, nor by locale", async () => {
    const { container, version, func } = deviceIs("Tablet");
    const turned = {
      version,
      func,
      container: {
        pred: { val: container.pred.val, str: "Tablet", func: "streq" },
        context: "visitors",
        func: "container",
      },
    };
    want({ name: "Mobile visitors", definition: turned, description: undefined, locale: "de_DE" });
    const run = await stack.up({ preview: true });
    expect(run.changes).toEqual({ same: 1 });
    expect(emulator.control.requests()).toEqual([]);
  });

  test("is replaced when it moves to another data view: made there first, then deleted here", async () => {
    const before = inService()[0]?.id;
    want({ dataViewId: "dv_stage" });
    const run = await stack.up({ preview: true });
    expect(run.changes).toEqual({ replace: 1 });
    expect(sent()).toEqual(["POST /segments/validate", "POST /segments", "DELETE /segments/ID"]);
    expect(inService()).toEqual([expect.objectContaining({ dataViewId: "dv_stage", name: "Mobile" })]);
    expect(inService()[0]?.id).not.toBe(before);
  });

  test("shows in a refresh what was changed in the UI, and up repairs that and nothing else", async () => {
    const id = stack.resource("mobile").id as string;
    emulator.control.editSegment(id, { name: "Renamed by hand" });
    const refresh = await stack.refresh();
    expect(refresh.changes).toEqual({ update: 1 });
    expect(stack.resource("mobile").inputs).toMatchObject({ name: "Renamed by hand" });
    emulator.control.clearRequests();
    await stack.up({ preview: true });
    expect(sent()).toEqual(["PUT /segments/ID"]);
    expect(body("PUT")).toEqual({ name: "Mobile" });
    expect(inService()[0]?.name).toBe("Mobile");
  });

  once("shows a definition that was changed in the UI, too", async () => {
    const id = stack.resource("mobile").id as string;
    emulator.control.editSegment(id, { definition: deviceIs("Television") });
    expect((await stack.refresh()).changes).toEqual({ update: 1 });
    expect(stack.resource("mobile").outputs).toMatchObject({ definition: deviceIs("Television") });
    await stack.up();
    expect(inService()[0]?.definition).toEqual(deviceIs("Phone"));
  });

  test("shows nothing when the service only rewrote what it was given", async () => {
    emulator.control.setRewrite({ enabled: true });
    const rewritten = {
      func: "segment",
      version: [1, 0, 0],
      container: {
        func: "container",
        context: "visitors",
        pred: { func: "container", context: "hits", pred: deviceIs("Phone").container.pred },
      },
    };
    want({ dataViewId: "dv_stage", definition: rewritten });
    await stack.up();
    expect(inService()[0]?.definition).not.toEqual(rewritten);
    const refresh = await stack.refresh();
    expect(refresh.changes).toEqual({ same: 1 });
    emulator.control.setRewrite({ enabled: false });
  });

  test("is forgotten when it was deleted in the UI, and made again by the next up", async () => {
    const id = stack.resource("mobile").id as string;
    emulator.control.deleteSegment(id);
    const refresh = await stack.refresh();
    expect(refresh.changes).toEqual({ delete: 1 });
    want({ dataViewId: "dv_stage" });
    const run = await stack.up();
    expect(run.changes).toEqual({ create: 1 });
    expect(inService()).toHaveLength(1);
    expect(inService()[0]?.id).not.toBe(id);
  });

  test("is deleted by destroy, and a second deletion elsewhere is no failure", async () => {
    emulator.control.deleteSegment(stack.resource("mobile").id as string);
    emulator.control.clearRequests();
    await stack.destroy();
    expect(sent()).toEqual(["DELETE /segments/ID"]);
    expect(inService()).toEqual([]);
    expect(stack.resources()).toEqual([]);
  });
});
