import { createHash } from "node:crypto";
import type { Markup } from "./markup";

/** What a browser lets the page do: its own style and its own script, by their fingerprints, and nothing from anywhere. */
export function policy(style: Markup, script: Markup): string {
  return [
    "default-src 'none'",
    `style-src '${fingerprint(style)}'`,
    `script-src '${fingerprint(script)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

const fingerprint = (content: Markup): string =>
  `sha256-${createHash("sha256").update(content.toString()).digest("base64")}`;
