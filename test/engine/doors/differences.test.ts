import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { startEmulator, type Emulator } from "../../../emulator";
import { UNKNOWN } from "../../../model/is-unknown";
import { asSecret } from "../../../provider/secret-arguments";
import { ProviderError } from "../../provider-process/provider-error";
import { answerOf, structOf, type Properties } from "../../provider-process/resource-calls";
import { deviceIs, UNLIMITED } from "../programs";
import { DOORS, openDoor, type DoorName, type Opened } from "./door";

/** A door, with a segment that went through it. */
interface At {
  readonly door: Opened;
  readonly emulator: Emulator;
  readonly segment: { readonly id: string; readonly inputs: Properties; readonly outputs: Properties };
}

const args = (name: string) => ({ name, dataViewId: "dv_dev", definition: deviceIs(name) });
const changed = (inputs: Properties) => ({ ...inputs, definition: deviceIs("Tablet"), description: "new" });
const settled = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "answered",
    (error: unknown) =>
      (error instanceof ProviderError ? error : new Error(String(error))).message
        .split(/[:,.]/)[0]
        ?.replace(/[0-9a-f-]{36}/, "ID"),
  );
const own = (values: Properties) => Object.keys(values).filter((key) => key.startsWith("__"));

interface Difference {
  readonly what: string;
  readonly look: (at: At) => Promise<unknown>;
  readonly dynamic: unknown;
  readonly native: unknown;
}

// Everything else is the same through both doors: the other tests of this folder.
const DIFFERENCES: readonly Difference[] = [
  {
    what: "who says where a state and the arguments differ",
    look: async ({ door, segment: { id, outputs, inputs } }) => {
      const { changes, paths } = await door.resource("Segment", "one").diff(id, outputs, changed(inputs));
      return { changes, paths };
    },
    // The engine compares arguments.
    dynamic: { changes: "unknown", paths: {} },
    native: { changes: "some", paths: { "definition.container.pred.str": "update", description: "add" } },
  },
  {
    what: "what the preview of a creation knows of outputs",
    look: async ({ door, segment: { inputs } }) => {
      const planned = await door.resource("Segment", "new").planned(inputs);
      return planned && { orgId: planned["orgId"], name: planned["name"], owner: planned["owner"] };
    },
    dynamic: undefined,
    native: { orgId: "EMULATOR@AdobeOrg", name: "Phone", owner: UNKNOWN },
  },
  {
    what: "what the preview of an update knows of outputs",
    look: async ({ door, segment: { inputs, ...before } }) => {
      const planned = await door.resource("Segment", "one").planned(changed(inputs), before);
      return planned && { created: planned["created"] === before.outputs["created"], modified: planned["modified"] };
    },
    dynamic: undefined,
    native: { created: true, modified: UNKNOWN },
  },
  {
    what: "what stands in state beside arguments and outputs",
    look: ({ segment: { inputs, outputs } }) => Promise.resolve([own(inputs), own(outputs)]),
    dynamic: [["__provider"], ["__provider"]],
    native: [[], []],
  },
  {
    what: "whether it is told which arguments are secret",
    look: async ({ door }) => {
      const news = { ...args("Phone"), name: asSecret("hidden") };
      const { inputs, mistakes } = await door.resource("Segment", "secret").check({}, news);
      return [inputs["name"], mistakes.length];
    },
    // The engine sends it plain values alone, so that the mark is an object like any other.
    dynamic: [asSecret("hidden"), 1],
    native: [asSecret("hidden"), 0],
  },
  {
    what: "whether a lookup can be asked for",
    look: ({ door, segment: { id } }) => {
      const request = new messages.InvokeRequest().setTok("cja:index:getSegment").setArgs(structOf({ id }));
      return settled(answerOf((done) => door.client.invoke(request, done)));
    },
    dynamic: "unknown function cja",
    native: "answered",
  },
  {
    what: "whether there is a schema",
    look: ({ door }) =>
      settled(answerOf((done) => door.client.getSchema(new messages.GetSchemaRequest(), done))).then(
        (answer) => answer === "answered",
      ),
    dynamic: false,
    native: true,
  },
  {
    what: "what becomes of a wait when the engine ends the run",
    look: async ({ door, emulator }) => {
      const waiting = settled(
        door.resource("SegmentJob", "run").create({ segmentIds: ["a"], waitForCompletion: true }),
      );
      while (!emulator.control.requests().some(({ path }) => /\/jobs\/[\w-]+$/.test(path))) await pause(10);
      await answerOf((done) => door.client.cancel(new Empty(), done));
      let over = false;
      void waiting.then(() => (over = true));
      const next = emulator.control.requests().length;
      while (!over && emulator.control.requests().length <= next) await pause(10);
      // The next poll ends it, where the wait has not.
      emulator.control.advance(4_000);
      return [over, await waiting, emulator.control.jobs().length];
    },
    dynamic: [false, "answered", 1],
    native: [true, "Segment job ID was started", 1],
  },
  {
    what: "what is printed beside an error",
    look: async ({ door }) => {
      await settled(door.resource("Segment", "gone").read("s300000022_ffffffffffffffffffffffff", {}, {}));
      // It comes on another way than the answer, and is there when the process has ended.
      await door.stop();
      const lines = door.stderr.filter((line) => line.includes("Could not read"));
      return lines.map((line) => line.replace(/segment \w+/, "segment ID"));
    },
    dynamic: ["Could not read segment ID: see the error reported on the resource"],
    native: [],
  },
];

describe("where the doors differ", () => {
  const at = new Map<DoorName, At>();
  const folders: string[] = [];

  beforeAll(async () => {
    for (const name of DOORS) {
      const emulator = await startEmulator({ limits: false, clock: "manual" });
      const stateHome = mkdtempSync(join(tmpdir(), "pulumi-cja-doors-"));
      folders.push(stateHome);
      const environment = { ...emulator.environment, ...UNLIMITED };
      const door = await openDoor[name]({ environment, stateHome });
      const resource = door.resource("Segment", "one");
      const { inputs } = await resource.check({}, args("Phone"));
      const { id, outs } = await resource.create(inputs);
      at.set(name, { door, emulator, segment: { id, inputs, outputs: outs } });
    }
  });
  afterAll(async () => {
    for (const { door, emulator } of at.values()) {
      await door.stop();
      await emulator.close();
    }
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  test.each(DIFFERENCES.map((row) => [row.what, row] as const))("%s", async (_, { look, ...row }) => {
    for (const name of DOORS) expect([name, await look(at.get(name) as At)]).toEqual([name, row[name]]);
  });
});
