import { holdersCommand } from "../../../cli/holders";
import { openCommandRuntime } from "../../../cli/command-runtime";
import { parseProgramResource, type ProgramResource } from "../../../provider/program-resource";
import { ownStateHome } from "../own-state-home";

const environment = { CJA_ORG_ID: "ORG@AdobeOrg" };

ownStateHome();

async function run(...args: readonly string[]): Promise<string> {
  let written = "";
  const command = holdersCommand({ write: (text) => void (written += text), log: () => undefined, environment });
  await command.exitOverride().parseAsync(args, { from: "user" });
  return written;
}

const take = async (id: string, stack: string, environmentOf = environment) => {
  const urn = `urn:pulumi:${stack}::web::pulumi-nodejs:dynamic/cja:Segment::mobile`;
  const { holders } = await openCommandRuntime({ environment: environmentOf, log: () => undefined });
  return holders.recordTakeover(id, `key ${stack}`, parseProgramResource({ urn }) as ProgramResource);
};

test("lists who has which segment, of this organisation alone", async () => {
  expect(await run()).toBe("No stack is known to have a segment.\n");
  await take("s2", "dev");
  await take("s1", "prod");
  await take("s1", "dev");
  await take("s3", "dev", { CJA_ORG_ID: "OTHER@AdobeOrg" });
  const lines = (await run()).trimEnd().split("\n");
  expect(lines.map((line) => line.replace(/ {2}seen .*/, ""))).toEqual([
    's1  web/prod  cja.Segment "mobile"',
    's1  web/dev  cja.Segment "mobile"',
    's2  web/dev  cja.Segment "mobile"',
  ]);
  expect(JSON.parse(await run("--format", "json"))).toContainEqual(
    expect.objectContaining({ id: "s2", stack: "web/dev", letsGo: false }),
  );
});

test("notes which stack lets go, and shows it", async () => {
  await take("s1", "prod");
  await take("s1", "dev");
  expect(await run("--let-go", "s1", "--stack", "web/dev")).toBe('cja.Segment "mobile" of web/dev lets s1 go.\n');
  expect(await run()).toMatch(/web\/prod .* seen \S+\n.*web\/dev .*lets it go\n$/);
});

test.each([
  [["--let-go", "s1"], "--let-go ID and --stack NAME belong together"],
  [["--stack", "web/dev"], "--let-go ID and --stack NAME belong together"],
  [["--let-go", "s9", "--stack", "web/dev"], "no stack is known to have it"],
  [["--let-go", "s1", "--stack", "dev"], "it is in web/prod"],
])("%j is an error that says what is there", async (args, message) => {
  await take("s1", "prod");
  await expect(run(...args)).rejects.toThrow(message);
});
