import { createHash } from "node:crypto";
import { markup, type Content, type Markup } from "./markup";

const LIGHT = markup`--page: #fff; --text: #1f2328; --muted: #57606a; --subtle: #f6f8fa; --line: #d1d9e0; --edge: #818b98;
  --link: #0a5cc4; --red: #b3202c; --green: #116b2b; --yellow: #835600; --purple: #7440c4; --removed: #ffebe9; --added: #dcfbe4`;

const DARK = markup`--page: #0d1117; --text: #f0f6fc; --muted: #a3abb5; --subtle: #161b22; --line: #3d444d; --edge: #7d8590;
  --link: #6cb0ff; --red: #ff8f88; --green: #56d364; --yellow: #e3b341; --purple: #c49bff; --removed: #301a1f; --added: #12291d`;

/** What all pages look like. Every text is read on every ground that it stands on: the browser tests measure the contrast. Paper is light. */
const STYLE = markup`:root { ${LIGHT} }
@media screen and (prefers-color-scheme: dark) { :root { ${DARK} } }
@media print { html { color-scheme: light !important } }

*, ::before, ::after { box-sizing: border-box }
html { color-scheme: light dark; -webkit-text-size-adjust: 100% }
body { margin: 0 auto; padding: 0 1rem 3rem; max-width: 76rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif; overflow-wrap: anywhere }
h1, h2, h3, h4 { line-height: 1.25 }
code, pre, kbd { font: .9em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: .25rem }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt }
  details::details-content { content-visibility: visible; block-size: auto }
}
`;

export interface Page {
  readonly title: string;
  /** What it has beside the style of all pages. */
  readonly style: Markup;
  readonly script?: Markup;
  readonly body: Content;
}

/**
 * A page that needs nothing else: no network, no other file. A browser lets it do what its own style and its own script do, which the
 * policy knows by their fingerprints, and nothing from anywhere.
 */
export function page({ title, style: own, script, body }: Page): string {
  const style = markup`${STYLE}${own}`;
  const policy = [
    "default-src 'none'",
    `style-src '${fingerprint(style)}'`,
    ...(script ? [`script-src '${fingerprint(script)}'`] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return markup`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${body}${script && markup`<script>${script}</script>\n`}</body>
</html>
`.toString();
}

const fingerprint = (content: Markup): string =>
  `sha256-${createHash("sha256").update(content.toString()).digest("base64")}`;
