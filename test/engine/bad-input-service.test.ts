import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Run, type Stack } from "./harness/stack";
import { deviceIs, program, UNLIMITED } from "./programs";

// What a user sees of mistakes that only the service can tell.

let emulator: Emulator;
let stack: Stack;
let made = 0;
/** A definition that the service was not asked about yet: a valid verdict is remembered. */
const fresh = () => ({ name: "Good", dataViewId: "dv_dev", definition: deviceIs(`Device ${(made += 1)}`) });

const errorsOf = (run: Run) =>
  run.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
const printed = (run: Run) =>
  run.diagnostics
    .filter(({ severity }) => severity === "info#err")
    .flatMap(({ message }) => message.trim().split("\n"));
const writes = () =>
  emulator.control.requests().filter(({ method, path }) => method !== "GET" && !/\/ims\/|\/validate$/.test(path));
/** The one failure of a check, without the words of the engine. */
const problem = (run: Run) => {
  const errors = errorsOf(run);
  expect(errors).toEqual([expect.stringMatching(/^pulumi-nodejs:dynamic\/cja:Segment resource 'it' has a problem: /)]);
  return errors[0]?.replace(/^.*?has a problem: /, "");
};

beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  const { definition } = fresh();
  emulator.control.addSegment([
    { id: "s_stage", name: "Of another data view", dataViewId: "dv_stage", definition },
    { id: "s_deleted", name: "Deleted", dataViewId: "dv_dev", definition, deleted: true },
  ]);
  stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program: "" });
});
beforeEach(() => emulator.control.clearRequests());
afterEach(() => emulator.control.clearFaults());
afterAll(async () => {
  await stack.dispose();
  await emulator.close();
});

async function refusedPreview(change: object, env: Record<string, string> = {}) {
  stack.setProgram(program({ it: ["Segment", { ...fresh(), ...change }] }));
  const run = await stack.preview({ fails: true, env });
  expect(writes()).toEqual([]);
  expect(printed(run)).toEqual([]);
  return problem(run);
}

const OUT = "or remove adoptId to create a new segment";

test.each([
  ["missing", "s_none", `found "s_none", but there is no such segment, or it is deleted; correct the ID, ${OUT}`],
  ["deleted", "s_deleted", `found "s_deleted", but there is no such segment, or it is deleted; correct the ID, ${OUT}`],
  [
    "of another data view",
    "s_stage",
    `found "s_stage", which belongs to the data view "dv_stage" and not to "dv_dev"; correct dataViewId, ${OUT}`,
  ],
])("a segment to adopt that is %s is refused in the preview", async (_what, adoptId, message) => {
  expect(await refusedPreview({ adoptId })).toBe(`adoptId: ${message}`);
});

test("an unknown data view is told by path", async () => {
  expect(await refusedPreview({ dataViewId: "dv_none" })).toMatch(
    /^dataViewId: found "dv_none"\. Could not validate segment "Good" \(POST \/segments\/validate\): the service answered 400 Bad Request, invalid_parameters "Data view dv_none was not found" \[request id .*\]\. Give the ID of a data view that the technical account of the credential can see\.$/,
  );
});

test("a definition that the service refuses is told by path, with the service's words", async () => {
  emulator.control.setVerdict({
    valid: false,
    message: "The dimension does not exist",
    errors: ["variables/device_type"],
  });
  try {
    expect(await refusedPreview({})).toBe(
      "definition: the service refuses the definition: The dimension does not exist",
    );
  } finally {
    emulator.control.setVerdict(null);
  }
});

test("a wrong secret says which settings to check", async () => {
  const message = await refusedPreview({}, { CJA_CLIENT_SECRET: "wrong-secret" });
  expect(message).toBe(
    'Could not sign in to Adobe (POST /ims/token/v3): the service answered 401 Unauthorized, invalid_client "invalid client_secret parameter". ' +
      "Check cja:clientId (CJA_CLIENT_ID), cja:clientSecret (CJA_CLIENT_SECRET) and cja:scopes (CJA_SCOPES) against the " +
      "OAuth Server-to-Server credential in the Adobe Developer Console.",
  );
});

test("a missing permission says who needs it", async () => {
  emulator.control.addFault({
    path: "/validate",
    status: 403,
    body: { errorCode: "insufficient_access", errorDescription: "No access" },
  });
  expect(await refusedPreview({})).toBe(
    'Could not validate segment "Good" (POST /segments/validate): the service answered 403 Forbidden, insufficient_access "No access". ' +
      "The technical account of the credential is a user of its own: give it the permission through a product profile in the " +
      "Adobe Admin Console, or ask the owner to share with it.",
  );
});

test("reading what is missing or deleted fails, each with its reason", async () => {
  stack.setProgram(`const cja = require("pulumi-cja");
    cja.Segment.get("missing", "s_none");
    cja.Segment.get("deleted", "s_deleted");
    cja.SegmentJob.get("job", "j_none", { sandbox: "dev" });`);
  const run = await stack.preview({ fails: true });
  const gone =
    "there is no such segment, or it is deleted. Check the ID and the organisation (cja:orgId). If the request names no ID, check the URLs in the settings (cja:cjaUrl, cja:platformUrl).";
  expect(errorsOf(run)).toEqual(
    expect.arrayContaining([
      `Preview failed: Could not read segment s_none: ${gone}`,
      `Preview failed: Could not read segment s_deleted: ${gone}`,
      'Preview failed: Could not read segment job j_none: there is no such job in the sandbox "dev". ' +
        "Check the ID. For a job in another sandbox, give SegmentJob.get the option sandbox.",
    ]),
  );
  expect(new Set(printed(run))).toEqual(
    new Set(
      ["segment s_none", "segment s_deleted", "segment job j_none"].map(
        (what) => `Could not read ${what}: see the error reported on the resource`,
      ),
    ),
  );
});

test("an answer of another shape names the field and the request, and the rest of it is kept", async () => {
  stack.setProgram(program({ it: ["Segment", fresh()] }));
  emulator.control.addFault({
    method: "POST",
    path: "^/segments$",
    status: 200,
    body: { id: "s_odd", name: 5, rsid: "dv_dev", owner: "me", created: "2026-01-01T00:00:00Z" },
  });
  const run = await stack.up();
  const warning = (field: string) =>
    `warning: create segment "Good" (POST /segments): the field "${field}" of the answer is not as documented`;
  expect(printed(run).map((line) => line.split(" (").slice(0, 2).join(" ("))).toEqual([
    warning("name"),
    warning("owner"),
  ]);
  expect(stack.resource("it")).toMatchObject({
    id: "s_odd",
    outputs: { name: "Good", created: "2026-01-01T00:00:00Z" },
  });
});
