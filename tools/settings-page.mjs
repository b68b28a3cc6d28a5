/** docs/settings.md, made from the table of settings (model/settings/table.ts). */
import { createRequire } from "node:module";
import { join } from "node:path";
import { format } from "prettier";
import { ensureBuilt } from "./build.mjs";
import { root } from "./folders.mjs";

const HEAD = `# Settings

<!-- Made by \`npm run docs\` from model/settings/table.ts. -->

Set each setting in the stack's config (\`pulumi config set cja:orgId 1234567890ABCDEF@AdobeOrg\`, with \`--secret\` for a secret one) or in an
environment variable. An empty string counts as not set. The first request fails if a required setting is missing; a preview without requests needs no
settings at all. Unknown names and invalid values are errors before anything is sent.
`;

const KINDS = {
  where: `## Places

If config and variable differ, that is an error: with a shell that still points at the emulator, a refresh of production would find no segment and remove all of them from the state.
`,
  credential: `## Credentials

The variable wins. The engine keeps the config of the last deployment in its state, so a secret that you change only there would not reach \`destroy\` or \`refresh\`.
`,
  tuning: `## Behaviour

The variable wins.
`,
};

const TAIL = `## What else counts

- \`cja:environment\` names the IDs of a stack's data views and audiences in its config. Only the program reads it: [promotion](promotion.md).
- \`HTTPS_PROXY\`, \`HTTP_PROXY\` and \`NO_PROXY\` count for every HTTP request, except to this machine.
- \`XDG_STATE_HOME\` (\`LOCALAPPDATA\` on Windows) says where the folder is that the processes of one machine share:
  [the state folder](state-folder.md).

Why one place or the other counts: [decisions/settings.md](decisions/settings.md).
`;

const code = (text) => `\`${text}\``;

function row([name, { variable, secret, required, default: normal, about, words = {} }]) {
  const marks = [required === true && "required", secret && "secret"].filter(Boolean);
  const instead = typeof required === "string" ? ` Required if ${code(`cja:${required}`)} is not set.` : "";
  const meanings = Object.entries(words).map(([word, meaning]) => `${code(word)}: ${meaning}`);
  return [
    `${code(`cja:${name}`)}${marks.length > 0 ? ` (${marks.join(", ")})` : ""}`,
    code(variable),
    normal === undefined ? "none" : code(normal),
    `${about}${instead}${meanings.length > 0 ? `<br>${meanings.join("<br>")}` : ""}`,
  ];
}

export async function settingsPage() {
  await ensureBuilt();
  const { SETTINGS_TABLE } = createRequire(import.meta.url)(join(root, "dist", "model", "settings", "table.js"));
  const sections = Object.entries(KINDS).map(([kind, text]) => {
    const rows = Object.entries(SETTINGS_TABLE).filter(([, setting]) => setting.kind === kind);
    const table = [["stack config", "environment", "default", "what it is"], ["-", "-", "-", "-"], ...rows.map(row)];
    return `${text}\n${table.map((cells) => `| ${cells.join(" | ")} |`).join("\n")}\n`;
  });
  return format([HEAD, ...sections, TAIL].join("\n"), { parser: "markdown", printWidth: 120 });
}
