import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Run, type Stack } from "./harness/stack";
import { deviceIs, narrow, program, UNLIMITED } from "./programs";

/** Segments are called after what happens to them; a definition of each has its name in it, so that a request tells whose it is. */
const NAMES = ["named", "defined", "described", "cleared", "moved", "rewritten", "deleted", "respelt"] as const;
type Name = (typeof NAMES)[number];

const args = (name: Name) => ({ name, dataViewId: "dv_dev", definition: deviceIs(name), description: "On a phone" });

/** The definition with its keys in another order. */
const turned = ({ container: { pred, context }, version, func }: ReturnType<typeof deviceIs>) => ({
  version,
  func,
  container: { pred: { val: pred.val, str: pred.str, func: pred.func }, context, func: "container" },
});

const CHANGES: Partial<Record<Name, object>> = {
  named: { name: "named 2" },
  defined: { definition: deviceIs("defined 2") },
  described: { description: "On a tablet" },
  cleared: { description: undefined },
  moved: { dataViewId: "dv_stage" },
  rewritten: { definition: narrow("rewritten 2") },
};
const CHANGED = Object.keys(CHANGES).length;

// A life in steps, on one stack: each test goes on where the one before it stopped, or reads another part of its request log.
// In the other dialect, and through the other door: test/engine/doors.
describe("a segment's life", () => {
  let emulator: Emulator;
  let stack: Stack;
  /** The segments at the service that a resource has had. */
  const had = new Map<string, Set<string>>();

  beforeAll(async () => {
    emulator = await startEmulator({ limits: false });
    stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program: "" });
  });
  afterAll(async () => {
    await stack.dispose();
    await emulator.close();
  });

  const want = (changes: Partial<Record<Name, object>>) =>
    stack.setProgram(
      program(
        Object.fromEntries(NAMES.map((name) => [name, ["Segment", { ...args(name), ...changes[name] }] as const])),
      ),
    );
  /** Runs with an empty request log. */
  const run = async (operation: "up" | "refresh" | "destroy"): Promise<Run> => {
    emulator.control.clearRequests();
    // What stands below holds for a preview and the run after it together, as people do it.
    const ran = await stack[operation]({ preview: operation === "up" });
    for (const { name, id = "" } of stack.resources()) had.set(name, (had.get(name) ?? new Set()).add(id));
    return ran;
  };
  const requests = () => emulator.control.requests().filter(({ path }) => !path.startsWith("/ims/"));
  /** What was sent about a segment; without a name, what was about none. */
  const sent = (about?: Name) =>
    requests()
      .filter(({ path, body }) => {
        const text = JSON.stringify(body ?? "");
        const owner = NAMES.find(
          (name) => text.includes(`"${name}`) || had.get(name)?.has(path.split("/").at(-1) ?? ""),
        );
        return owner === about;
      })
      .map(({ method, path }) => `${method} ${/^\/segments\/(?!validate)/.test(path) ? "/segments/ID" : path}`);
  const bodyOf = (name: Name) =>
    requests().find(({ method, path }) => method === "PUT" && path.endsWith(idOf(name)))?.body;
  const idOf = (name: Name) => stack.resource(name).id ?? "";
  const all = () => emulator.control.segments().filter(({ deleted }) => !deleted);
  const inService = (name: Name) => all().filter(({ id }) => had.get(name)?.has(id));

  test("is created, with the service's words in the outputs", async () => {
    want({});
    expect((await run("up")).changes).toEqual({ create: NAMES.length });
    // Once for a new state folder: which dialect it is, and what an interrupted run may have left.
    expect(sent()).toEqual(["GET /segments", "GET /segments"]);
    expect(requests()[0]).toMatchObject({ method: "GET", path: "/segments" });
    for (const name of NAMES) {
      expect(sent(name)).toEqual(["POST /segments/validate", "POST /segments"]);
      expect(stack.resource(name)).toMatchObject({
        id: inService(name)[0]?.id,
        outputs: {
          ...args(name),
          orgId: "EMULATOR@AdobeOrg",
          dataViewName: expect.any(String) as string,
          owner: { id: expect.any(String) as string },
        },
      });
    }
    expect(all()).toHaveLength(NAMES.length);
  });

  test("costs nothing when there is nothing to do: no change, another order of keys, another locale", async () => {
    want({ respelt: { definition: turned(deviceIs("respelt")), locale: "de_DE" } });
    expect((await run("up")).changes).toEqual({ same: NAMES.length });
    expect(emulator.control.requests()).toEqual([]);
  });

  test("takes a new name with one request over preview and up together", async () => {
    emulator.control.setRewrite({ enabled: true });
    want(CHANGES);
    const { changes } = await run("up");
    expect(changes).toEqual({ update: CHANGED - 1, replace: 1, same: NAMES.length - CHANGED });
    expect(sent("named")).toEqual(["PUT /segments/ID"]);
    expect(bodyOf("named")).toEqual({ name: "named 2" });
    expect(stack.resource("named").outputs).toMatchObject({ name: "named 2" });
  });

  test("takes a new definition with two", () => {
    expect(sent("defined")).toEqual(["POST /segments/validate", "PUT /segments/ID"]);
    expect(bodyOf("defined")).toEqual({ definition: deviceIs("defined 2") });
  });

  test("takes a new description, and loses one that leaves the program", () => {
    expect(sent("described")).toEqual(["PUT /segments/ID"]);
    expect(bodyOf("described")).toEqual({ description: "On a tablet" });
    expect(sent("cleared")).toEqual(["PUT /segments/ID"]);
    expect(bodyOf("cleared")).toEqual({ description: "" });
    expect(inService("cleared")[0]?.description ?? "").toBe("");
    expect(stack.resource("cleared").outputs).not.toHaveProperty("description");
  });

  test("is replaced when it moves to another data view: made there first, then deleted here", () => {
    expect(sent("moved")).toEqual(["POST /segments/validate", "POST /segments", "DELETE /segments/ID"]);
    expect(inService("moved")).toEqual([expect.objectContaining({ dataViewId: "dv_stage", name: "moved" })]);
    expect(had.get("moved")?.size).toBe(2);
  });

  test("asks for nothing else but what uses the segment that is replaced, in the preview and in the run", () => {
    expect([sent(), sent("deleted"), sent("respelt")]).toEqual([["GET /segments", "GET /segments"], [], []]);
    expect(all()).toHaveLength(NAMES.length);
  });

  test("shows in a refresh what was changed in the UI, a definition, too", async () => {
    emulator.control.editSegment(idOf("defined"), { name: "Renamed by hand" });
    emulator.control.editSegment(idOf("named"), { definition: deviceIs("Television") });
    emulator.control.deleteSegment(idOf("deleted"));
    expect((await run("refresh")).changes).toEqual({ update: 2, delete: 1, same: NAMES.length - 3 });
    expect(stack.resource("defined").inputs).toMatchObject({ name: "Renamed by hand" });
    expect(stack.resource("named").outputs).toMatchObject({ definition: deviceIs("Television") });
  });

  test("shows nothing when the service only rewrote what it was given", () => {
    expect(inService("rewritten")[0]?.definition).not.toEqual(narrow("rewritten 2"));
    expect(stack.resource("rewritten").inputs).toMatchObject({ definition: narrow("rewritten 2") });
    emulator.control.setRewrite({ enabled: false });
  });

  test("is repaired by up, and nothing else is", async () => {
    const { changes } = await run("up");
    expect(changes).toEqual({ update: 2, create: 1, same: NAMES.length - 3 });
    expect(sent("defined")).toEqual(["PUT /segments/ID"]);
    expect(bodyOf("defined")).toEqual({ name: "defined" });
    expect(sent("named")).toEqual(["PUT /segments/ID"]);
    expect(bodyOf("named")).toEqual({ definition: deviceIs("named") });
    expect([inService("defined")[0], inService("named")[0]]).toMatchObject([
      { name: "defined", definition: deviceIs("defined 2") },
      { name: "named 2", definition: deviceIs("named") },
    ]);
  });

  test("is forgotten when it was deleted in the UI, and made again by the next up", () => {
    expect(had.get("deleted")?.size).toBe(2);
    expect(inService("deleted")).toMatchObject([{ id: idOf("deleted") }]);
    expect(all()).toHaveLength(NAMES.length);
  });

  test("is deleted by destroy, and a second deletion elsewhere is no failure", async () => {
    emulator.control.deleteSegment(idOf("deleted"));
    await run("destroy");
    for (const name of NAMES) expect(sent(name)).toEqual(["DELETE /segments/ID"]);
    // What was answered 404 is gone when the listing says so, too.
    expect(sent()).toEqual(["GET /segments"]);
    expect(all()).toEqual([]);
    expect(stack.resources()).toEqual([]);
  });
});
