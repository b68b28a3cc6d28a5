/** The page docs/first-mistakes.md. */
import type { Mistake } from "./mistakes";

/** What Pulumi prints below "Diagnostics:" of a resource, or of the stack where it is of none; the order of several is of chance. */
export function diagnosticsOf(output: string): string {
  const [, diagnostics = ""] = /^Diagnostics:\n([^]*?)(?:^(?:Resources|Outputs|Duration):|(?![^]))/m.exec(output) ?? [];
  const parts = diagnostics.split(/^ {2}(?=\S)/m).map((text) => text.trimEnd().replace(/^ {2}/gm, ""));
  const ofResources = parts.filter((text) => text.startsWith("pulumi-nodejs:"));
  return (ofResources.length > 0 ? ofResources : parts).join("\n").trim();
}

const part = ({ title, did, program, operation = "preview" }: Mistake, message: string): string =>
  [
    `## ${title}`,
    ...(did === undefined ? [] : [did]),
    ...(program === "" ? [] : [`\`\`\`js\n${program}\n\`\`\``]),
    `\`pulumi ${operation}\` says:`,
    `\`\`\`text\n${message}\n\`\`\``,
  ].join("\n\n");

export const page = (shown: readonly (readonly [Mistake, string])[]): string => `# First mistakes

What most people get wrong at first, and the message that they see. None of these writes anything at Adobe. The programs begin with
\`import * as cja from "pulumi-cja"\`. The messages are real: the tests make this page (\`test/engine/first-mistakes\`).

${shown.map(([mistake, message]) => part(mistake, message)).join("\n\n")}
`;
