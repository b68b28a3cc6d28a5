import { deviceIs, narrow } from "../../programs";
import type { Scene, Service } from "../scene";
import { idOf, type Program } from "../stack";

/** Segments are called after what happens to them. */
const NAMES = ["named", "defined", "described", "cleared", "moved", "rewritten", "deleted", "respelt"] as const;
type Name = (typeof NAMES)[number];

const args = (name: Name) => ({ name, dataViewId: "dv_dev", definition: deviceIs(name), description: "On a phone" });
const want = (changes: Partial<Record<Name, object>> = {}): Program =>
  Object.fromEntries(NAMES.map((name) => [name, ["Segment", { ...args(name), ...changes[name] }]]));
const each = (step: string, changes: Partial<Record<Name, string>> = {}) =>
  Object.fromEntries(NAMES.map((name) => [name, changes[name] ?? step]));

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

const LISTING = "GET /segments";
const VALIDATE = "POST /segments/validate";
/** The body of each PUT, by the resource. */
const changesSent = ({ control, id }: Service) => {
  const puts = control.requests().filter(({ method }) => method === "PUT");
  const nameOf = (path: string) => NAMES.find((name) => path.endsWith(id(name))) ?? path;
  return Object.fromEntries(puts.map(({ path, body }) => [nameOf(path), body]));
};
const live = ({ control }: Service) => control.segments().filter(({ deleted }) => !deleted);

const life = (dialect: "guide" | "reference"): Scene => ({
  title: `a segment's life, in the ${dialect} dialect`,
  options: { dialect },
  steps: [
    {
      shows: "a preview asks for the verdicts, and writes nothing",
      run: "preview",
      program: want(),
      steps: each("create"),
      sends: [...NAMES.map(() => VALIDATE), LISTING],
      leaves: (service) => expect(live(service)).toEqual([]),
    },
    {
      shows: "up makes them, and asks for no verdict again",
      run: "up",
      steps: each("create"),
      // Once for a new state folder: what an interrupted run may have left.
      sends: [...NAMES.map((name) => `POST /segments ${name}`), LISTING],
      state: {
        named: {
          ...args("named"),
          ...{ orgId: "EMULATOR@AdobeOrg", created: "2099-11-30T12:00:00.000Z" },
          ...{ dataViewName: expect.any(String) as string, owner: { id: expect.any(String) as string } },
        },
      },
    },
    {
      shows: "nothing to do: no change, another order of keys, another locale cost nothing",
      run: "up",
      program: want({ respelt: { definition: turned(deviceIs("respelt")), locale: "de_DE" } }),
      steps: each("same"),
      sends: [],
    },
    {
      shows: "changes take one request each, and a validation where the definition is new; another data view replaces",
      run: "up",
      first: ({ control }) => control.setRewrite({ enabled: true }),
      program: want(CHANGES),
      steps: each("same", {
        ...{ named: "update", defined: "update", described: "update", cleared: "update" },
        ...{ moved: "replace", rewritten: "update" },
      }),
      sends: [
        "PUT /segments/{named} name",
        ...[VALIDATE, "PUT /segments/{defined} definition"],
        ...["PUT /segments/{described} description", "PUT /segments/{cleared} description"],
        ...[VALIDATE, "PUT /segments/{rewritten} definition"],
        ...[LISTING, VALIDATE, "POST /segments moved", "DELETE /segments/{moved}"],
      ],
      state: { named: { name: "named 2" }, moved: { dataViewId: "dv_stage" } },
      leaves: (service) => {
        expect(live(service)).toHaveLength(NAMES.length);
        // Only what differs; a description that leaves the program is cleared.
        expect(changesSent(service)).toEqual({
          named: { name: "named 2" },
          defined: { definition: deviceIs("defined 2") },
          described: { description: "On a tablet" },
          cleared: { description: "" },
          rewritten: { definition: narrow("rewritten 2") },
        });
        const order = service.control.requests().map(({ method, path }) => `${method} ${path}`);
        const deleted = order.findIndex((line) => line.startsWith("DELETE"));
        expect(order.indexOf("POST /segments")).toBeLessThan(deleted);
      },
    },
    {
      shows: "a refresh shows what was changed in the UI, and not what the service only rewrote",
      run: "refresh",
      first: ({ control, id }) => {
        control.editSegment(id("defined"), { name: "Renamed by hand" });
        control.editSegment(id("named"), { definition: deviceIs("Television") });
        control.deleteSegment(id("deleted"));
        control.setRewrite({ enabled: false });
      },
      steps: each("same", { defined: "update", named: "update", deleted: "gone" }),
      sends: [LISTING, "GET /segments/{deleted}"],
      state: { defined: { name: "Renamed by hand" }, named: { definition: deviceIs("Television") } },
    },
    {
      shows: "up repairs it, and nothing else",
      run: "up",
      steps: each("same", { defined: "update", named: "update", deleted: "create" }),
      sends: [
        // The verdicts are known from before.
        ...["PUT /segments/{defined} name", "PUT /segments/{named} definition", "POST /segments deleted"],
      ],
      leaves: (service) =>
        expect(changesSent(service)).toEqual({
          defined: { name: "defined" },
          named: { definition: deviceIs("named") },
        }),
    },
    {
      shows: "destroy deletes them, and a second deletion elsewhere is no failure",
      run: "destroy",
      first: ({ control, id }) => control.deleteSegment(id("deleted")),
      steps: each("delete"),
      sends: [
        ...NAMES.map((name) => `DELETE /segments/{${name}${["moved", "deleted"].includes(name) ? "'" : ""}}`),
        LISTING,
      ],
      leaves: (service) => expect(live(service)).toEqual([]),
    },
  ],
});

const second = {
  ...deviceIs("x"),
  container: {
    func: "container",
    context: "hits",
    pred: { func: "streq", str: idOf("first"), val: { func: "attr", name: "variables/segment" } },
  },
};
const chained = (dataViewId: string): Program => ({
  first: ["Segment", { name: "First", dataViewId, definition: deviceIs("Phone") }],
  second: ["Segment", { name: "Second", dataViewId: "dv_dev", definition: second }],
  triggered: ["SegmentJob", { segmentIds: ["one"], triggers: { of: [{ at: idOf("first") }] } }],
  run: ["SegmentJob", { segmentIds: [idOf("triggered")] }],
});

const UNKNOWN_VALUES: Scene = {
  title: "values that a preview does not know yet",
  steps: [
    {
      shows: "are no mistakes: only what is known is shown to the service",
      run: "preview",
      program: chained("dv_dev"),
      steps: { first: "create", second: "create", run: "create", triggered: "create" },
      sends: [VALIDATE, LISTING],
    },
    {
      shows: "are known by up",
      run: "up",
      steps: { first: "create", second: "create", run: "create", triggered: "create" },
      sends: [
        ...[VALIDATE, "POST /segments First", "POST /segments Second", LISTING],
        ...["GET /jobs", "GET /audiences/{triggered}", "POST /jobs one", "POST /jobs {triggered}"],
      ],
    },
    {
      shows: "become an update, and a new run, where the ID behind them will change",
      run: "preview",
      program: chained("dv_stage"),
      steps: { first: "replace", second: "update", run: "replace", triggered: "replace" },
      sends: [VALIDATE, LISTING],
    },
  ],
};

export const SEGMENTS: readonly Scene[] = [life("guide"), life("reference"), UNKNOWN_VALUES];
