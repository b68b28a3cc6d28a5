import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../../emulator";
import { createStack, type Stack } from "../harness/stack";
import { deviceIs, UNLIMITED } from "../programs";
import { WITH_PLUGIN } from "./project";

const ORGS = { first: "FIRST@AdobeOrg", second: "SECOND@AdobeOrg" } as const;
type Org = keyof typeof ORGS;

const secretOf = (org: Org, version: number) => `secret-${org}-${version}`;

// In steps, on one stack: each test goes on where the one before it stopped.
describe("two organisations in one program", () => {
  let stack: Stack;
  const emulators: Partial<Record<Org, Emulator>> = {};
  const at = (org: Org): Emulator => emulators[org] as Emulator;
  const names = (org: Org) =>
    at(org)
      .control.segments()
      .filter(({ deleted }) => !deleted)
      .map(({ name }) => name);
  const writes = (org: Org) =>
    at(org)
      .control.requests()
      .filter(({ method, path }) => method !== "GET" && /^\/segments(?!\/validate)/.test(path))
      .map(({ method }) => method);

  /** Starts it anew, with what it had: only the secret is another one. */
  const serve = async (org: Org, version: number) => {
    const url = emulators[org]?.url;
    await emulators[org]?.close();
    emulators[org] = await startEmulator({
      ...(url !== undefined && { port: Number(new URL(url).port) }),
      limits: false,
      orgId: ORGS[org],
      clientId: `client-of-${org}`,
      clientSecret: secretOf(org, version),
      stateFile: join(stack.folder, `${org}.json`),
    });
  };
  const provider = (org: Org, version: number, orgId: string = ORGS[org]) => {
    const { url } = at(org);
    const settings = { orgId, clientId: `client-of-${org}`, cjaUrl: url, imsUrl: url, maxConcurrent: 2 };
    const secret = `pulumi.secret(${JSON.stringify(secretOf(org, version))})`;
    return `new cja.Provider("${org}", { ...${JSON.stringify(settings)}, clientSecret: ${secret} })`;
  };
  const want = (providers: Readonly<Record<Org, string>>, description: string) => {
    const segment = (org: Org) => {
      const args = { name: `of ${org}`, dataViewId: "dv_dev", definition: deviceIs(org), description };
      return `new cja.Segment("segment-${org}", ${JSON.stringify(args)}, { provider: ${org} });`;
    };
    stack.setProgram(
      [
        'const cja = require("pulumi-cja/native"); const pulumi = require("@pulumi/pulumi");',
        ...(["first", "second"] as const).flatMap((org) => [`const ${org} = ${providers[org]};`, segment(org)]),
      ].join("\n"),
    );
    for (const org of ["first", "second"] as const) at(org).control.clearRequests();
  };

  beforeAll(async () => {
    // Of one organisation, as a shell has them that has another program's variables.
    const env = { ...UNLIMITED, CJA_ORG_ID: "THIRD@AdobeOrg", CJA_CLIENT_ID: "other", CJA_CLIENT_SECRET: "other" };
    stack = await createStack({ env, program: "", files: WITH_PLUGIN });
    await serve("first", 1);
    await serve("second", 1);
  });
  afterAll(async () => {
    // They keep their content in the stack's folder.
    for (const emulator of Object.values(emulators)) await emulator.close();
    await stack.dispose();
  });

  test("have each a provider of their own, and what belongs to one goes to no other", async () => {
    want({ first: provider("first", 1), second: provider("second", 1) }, "new");
    expect((await stack.up()).changes).toEqual({ create: 2 });
    expect([names("first"), names("second")]).toEqual([["of first"], ["of second"]]);
    for (const org of ["first", "second"] as const) {
      expect(stack.resource(`segment-${org}`).outputs).toMatchObject({ orgId: ORGS[org], name: `of ${org}` });
      const refused = at(org)
        .control.requests()
        .filter(({ status }) => (status ?? 0) >= 400);
      expect(refused).toEqual([]);
    }
  });

  test("have no secret in state, nor in what their processes share", () => {
    expect(JSON.stringify(stack.deployment())).not.toContain("secret-");
    const shared = readdirSync(stack.stateHome, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(shared.length).toBeGreaterThan(0);
    for (const { parentPath, name } of shared)
      expect(readFileSync(join(parentPath, name), "utf8")).not.toContain("secret-");
  });

  test("use a rotated secret in the same up, and change nothing for it", async () => {
    await serve("second", 2);
    want({ first: provider("first", 1), second: provider("second", 2) }, "new");
    expect((await stack.up()).changes).toEqual({ same: 2 });
    await serve("second", 3);
    want({ first: provider("first", 1), second: provider("second", 3) }, "changed");
    expect((await stack.up()).changes).toEqual({ update: 2 });
    expect([writes("first"), writes("second")]).toEqual([["PUT"], ["PUT"]]);
  });

  test("cannot be exchanged: another organisation is refused, and replaces nothing", async () => {
    want({ first: provider("first", 1), second: provider("second", 3, ORGS.first) }, "changed");
    const { output, changes } = await stack.up({ fails: true });
    expect(output).toContain(`belong to the organisation ${ORGS.second}, but the settings say ${ORGS.first}`);
    expect(Object.keys(changes)).not.toContain("replace");
    expect([writes("first"), writes("second")]).toEqual([[], []]);
  });

  test("are destroyed by the providers of the last up", async () => {
    want({ first: provider("first", 1), second: provider("second", 3) }, "changed");
    await stack.up();
    await stack.destroy();
    expect([names("first"), names("second"), stack.resources()]).toEqual([[], [], []]);
  });
});
