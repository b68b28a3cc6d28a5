/** The commands of Pulumi that pages name, asked of the CLI itself: each is there, with its options. */
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { argumentsOf, commandsOf } from "../../docs/commands";
import { written } from "../../docs/pages";
import { pulumiEnvironment } from "../harness/project";

const texts = written.flatMap(({ blocks, spans }) => [
  ...blocks.filter(({ language }) => ["sh", "bash"].includes(language)).map(({ text }) => text),
  ...spans.filter((span) => /^pulumi [a-z]/.test(span)),
]);

/** `stack init`, and which options pages give it. */
const named = new Map<string, Set<string>>();
for (const words of texts.flatMap(commandsOf).flatMap((command) => [argumentsOf("pulumi", command) ?? []])) {
  const [verb = "", noun = ""] = words;
  if (verb === "") continue;
  const command =
    ["config", "package", "plugin", "stack", "state"].includes(verb) && /^[a-z]/.test(noun) ? `${verb} ${noun}` : verb;
  const options = words.map((word) => word.split("=")[0] ?? "").filter((word) => /^--?[a-z]/.test(word));
  named.set(command, new Set([...(named.get(command) ?? []), ...options]));
}

test.each([...named])("pulumi %s", (command, options) => {
  const help = execFileSync("pulumi", [...command.split(" "), "--help"], {
    env: pulumiEnvironment(tmpdir()),
    encoding: "utf8",
  });
  // It may have another name there. Of a command that it does not know the CLI shows the one above.
  const [, usage = ""] = /^Usage:\n +pulumi((?: [a-z]\S*)*)/m.exec(help) ?? [];
  expect(usage.trim().split(" ")).toHaveLength(command.split(" ").length);
  const unknown = [...options].filter((option) => !new RegExp(`(^|[ ,])${option}\\b`, "m").test(help));
  expect(unknown).toEqual([]);
});
