import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Run, type Stack } from "./harness/stack";
import { WITH_PLUGIN } from "./native/project";
import { declareAll, throughBothDoors } from "./program-of-both-doors";
import { AUDIENCES, deviceIs, UNLIMITED } from "./programs";

// What a user sees of settings that are missing, wrong, or lead to the wrong place, through both doors. What the provider makes of them:
// test/engine/doors.

let emulator: Emulator;
let stack: Stack;
const good = { name: "Good", dataViewId: "dv_dev", definition: deviceIs("Phone") };
const errorsOf = (run: Run) =>
  run.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
/** What the provider's process wrote, which appears under the stack. */
const printed = (run: Run) =>
  run.diagnostics
    .filter(({ severity }) => severity === "info#err")
    .flatMap(({ message }) => message.trim().split("\n"));
const kept = () => new Map(stack.resources().map(({ name, id, outputs }) => [name, { id, outputs }]));
const sent = () => emulator.control.requests().map(({ method, path }) => `${method} ${path}`);

beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  stack = await createStack({
    env: { ...emulator.environment, ...UNLIMITED },
    // The first is a number, as a person writes it into the file. The second says the same as the environment.
    config: { "cja:maxSegmentsPerJob": 7 as unknown as string, "cja:cjaUrl": emulator.url },
    files: WITH_PLUGIN,
    program: throughBothDoors(
      declareAll({
        one: ["Segment", good],
        two: ["Segment", { ...good, name: "Two" }],
        run: ["SegmentJob", { segmentIds: AUDIENCES }],
      }),
    ),
  });
});
beforeEach(() => emulator.control.clearRequests());
afterAll(async () => {
  await stack.dispose();
  await emulator.close();
});

describe("a stack that exists", () => {
  beforeAll(() => stack.up());

  test.each(["up", "destroy"] as const)(
    "refuses %s with another organisation, and says so once in full",
    async (operation) => {
      const before = kept();
      const run = await stack[operation]({ fails: true, env: { CJA_ORG_ID: "OTHER@AdobeOrg" } });
      const full = errorsOf(run).filter((text) => text.includes("EMULATOR@AdobeOrg"));
      expect(new Set(full)).toEqual(
        new Set([
          "Could not use this stack: its resources belong to the organisation EMULATOR@AdobeOrg, but the settings say OTHER@AdobeOrg. " +
            "Set cja:orgId (CJA_ORG_ID) to EMULATOR@AdobeOrg, or use another stack for the other organisation. Nothing was sent.",
        ]),
      );
      // Once for segments and once for jobs at most, through each door.
      expect(full.length).toBeLessThanOrEqual(4);
      const elsewhere = ["Could not use this stack: see the error reported on the resource"];
      // A destroy deletes nothing where one deletion would fail.
      if (operation === "destroy")
        elsewhere.push("Could not delete this resource: see the error reported on the resource");
      // The engine stops an up at the first one, through whichever door, and only Pulumi's host prints.
      expect(elsewhere).toEqual(expect.arrayContaining(printed(run)));
      expect(kept()).toEqual(before);
      expect(sent()).toEqual([]);
    },
  );

  test("refuses a destroy that cannot sign in", async () => {
    const run = await stack.destroy({ fails: true, env: { CJA_CLIENT_SECRET: undefined } });
    expect(errorsOf(run).join("\n")).toContain(
      "Could not sign in to Adobe: cja:clientSecret is not set. Set the environment variable CJA_CLIENT_SECRET, " +
        "or the stack's config: pulumi config set --secret cja:clientSecret <value>",
    );
    expect(sent()).toEqual([]);
  });

  test("refuses a refresh where the environment leads elsewhere, and forgets nothing", async () => {
    const before = kept();
    const run = await stack.refresh({ fails: true, env: { CJA_URL: "http://127.0.0.1:1" } });
    expect(errorsOf(run).map((text) => text.split("\n"))).toContainEqual([
      "1 mistake in the settings; nothing was sent or changed.",
      `  cja:cjaUrl: found "${emulator.url}" in the stack's config but "http://127.0.0.1:1" in CJA_URL; unset the one that is wrong`,
      "refresh and destroy use the stack's config of the last pulumi up.",
    ]);
    expect(kept()).toEqual(before);
    expect(sent()).toEqual([]);
  });

  test("refuses what is malformed or differs, all in one error of the preview", async () => {
    await stack.setConfig({ "cja:cjaUrl": "not a url", "cja:orgId": "EMULATOR@AdobeOrg", "cja:sandbox": "dev" });
    const run = await stack.preview({
      fails: true,
      env: {
        CJA_URL: undefined,
        CJA_ORG_ID: "OTHER@AdobeOrg",
        CJA_SANDBOX: "stage",
        CJA_REQUEST_TIMEOUT: "soon",
        CJA_MAX_RUNS_PER_DAY: "two",
      },
    });
    expect(errorsOf(run).map((text) => text.split("\n"))).toEqual([
      [
        expect.stringMatching(
          /resource '[\w-]+' has a problem: 5 mistakes in the settings; nothing was sent or changed\.$/,
        ),
        `  cja:orgId: found "EMULATOR@AdobeOrg" in the stack's config but "OTHER@AdobeOrg" in CJA_ORG_ID; unset the one that is wrong`,
        `  cja:sandbox: found "dev" in the stack's config but "stage" in CJA_SANDBOX; unset the one that is wrong`,
        `  cja:cjaUrl: found "not a url" in the stack's config, expected a URL such as https://cja.adobe.io, without user, query and fragment`,
        '  cja:maxRunsPerDay: found "two" in CJA_MAX_RUNS_PER_DAY, expected a whole number from 1',
        '  cja:requestTimeout: found "soon" in CJA_REQUEST_TIMEOUT, expected a duration such as "90s", "30m", "4h" or "1h30m" (up to 24 days)',
      ],
    ]);
    expect(sent()).toEqual([]);
  });
});
