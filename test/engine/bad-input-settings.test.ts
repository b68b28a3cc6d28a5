import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Run, type Stack } from "./harness/stack";
import { AUDIENCES, deviceIs, program, UNLIMITED } from "./programs";

// What a user sees of settings that are missing, wrong, or lead to the wrong place.

let emulator: Emulator;
let stack: Stack;
const good = { name: "Good", dataViewId: "dv_dev", definition: deviceIs("Phone") };
const NOTHING = { CJA_ORG_ID: undefined, CJA_CLIENT_ID: undefined, CJA_CLIENT_SECRET: "" };
const MISSING =
  "Could not sign in to Adobe: cja:orgId is not set. Neither are cja:clientId and cja:clientSecret. " +
  "Set the environment variables CJA_ORG_ID, CJA_CLIENT_ID, CJA_CLIENT_SECRET, or the stack's config: " +
  "pulumi config set cja:orgId <value>, pulumi config set cja:clientId <value>, " +
  "pulumi config set --secret cja:clientSecret <value> (cja:accessToken, CJA_ACCESS_TOKEN, can replace the secret)";

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
  emulator.control.addSegment({ id: "s_ui", name: "UI", dataViewId: "dv_dev", definition: good.definition });
  stack = await createStack({
    env: { ...emulator.environment, ...UNLIMITED },
    // The first is a number, as a person writes it into the file. The second says the same as the environment.
    config: { "cja:maxSegmentsPerJob": 7 as unknown as string, "cja:cjaUrl": emulator.url },
    program: program({
      one: ["Segment", good],
      two: ["Segment", { ...good, name: "Two" }],
      adopted: ["Segment", { ...good, name: "UI", adoptId: "s_ui" }],
      run: ["SegmentJob", { segmentIds: AUDIENCES }],
    }),
  });
});
beforeEach(() => emulator.control.clearRequests());
afterAll(async () => {
  await stack.dispose();
  await emulator.close();
});

describe("without credentials", () => {
  test("a preview that has nothing to ask succeeds: cja:validate is apply", async () => {
    const run = await stack.preview({ env: { ...NOTHING, CJA_VALIDATE: "apply" } });
    expect(run.changes).toEqual({ create: 4 });
    expect(sent()).toEqual([]);
  });

  test("a preview that has something to ask names the settings and the variables, all of them", async () => {
    const run = await stack.preview({ fails: true, env: NOTHING });
    expect(errorsOf(run)).toEqual([
      expect.stringMatching(
        /^pulumi-nodejs:dynamic\/cja:Segment resource '(one|two|adopted)' has a problem: Could not sign in/,
      ),
    ]);
    expect(errorsOf(run)[0]).toContain(MISSING);
    expect(printed(run)).toEqual([]);
    expect(sent()).toEqual([]);
  });
});

describe("a stack that exists", () => {
  beforeAll(() => stack.up());

  test("is previewed without credentials, too", async () => {
    const run = await stack.preview({ env: { ...NOTHING, CJA_VALIDATE: "apply" } });
    expect(run.changes).toEqual({ same: 4 });
    expect(sent()).toEqual([]);
  });

  test.each(["up", "refresh", "destroy"] as const)(
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
      // Once for segments and once for jobs at most.
      expect(full.length).toBeLessThanOrEqual(2);
      const elsewhere = ["Could not use this stack: see the error reported on the resource"];
      // A destroy deletes nothing where one deletion would fail.
      if (operation === "destroy")
        elsewhere.push("Could not delete this resource: see the error reported on the resource");
      expect(new Set(printed(run))).toEqual(new Set(elsewhere));
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
          /resource '\w+' has a problem: 5 mistakes in the settings; nothing was sent or changed\.$/,
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
