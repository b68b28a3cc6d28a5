import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createStack, type Stack } from "./harness/stack";

const PAGE = join(__dirname, "../../docs/troubleshooting.md");

describe("a state in a folder, and empty .attrs files that a killed engine has left there", () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await createStack({ program: "exports.a = 1;" });
    await stack.up();
  });
  afterAll(() => stack.dispose());

  /** What the page says to run, with the message that it is about. */
  const [row = ""] = readFileSync(PAGE, "utf8").match(/^\| `failed to load checkpoint: EOF`.*$/m) ?? [];
  const [, command = ""] = /`(find ~\/\.pulumi [^`]+)`/.exec(row) ?? [];
  const exported = () => stack.pulumi(["stack", "export", "--stack", stack.name], { fails: "maybe" });
  const repair = () => {
    const there = join(stack.folder, "backend", ".pulumi");
    execFileSync("sh", ["-c", command.replace("~/.pulumi", '"$THERE"')], { env: { ...process.env, THERE: there } });
  };

  test.each([
    [
      "of the checkpoint",
      () => join("stacks", stack.project, `${stack.name}.json.attrs`),
      "failed to load checkpoint: EOF",
    ],
    ["of the folder's description", () => "meta.yaml.attrs", '.pulumi/meta.yaml": EOF'],
  ])("the one %s keeps Pulumi from loading the stack, until what the page says is run", async (_, path, message) => {
    const before = await exported();
    writeFileSync(join(stack.folder, "backend", ".pulumi", path()), "");
    expect((await exported()).output).toContain(message);
    expect(row).toContain(message);
    repair();
    const after = await exported();
    expect([after.code, after.stdout]).toEqual([0, before.stdout]);
  });
});
