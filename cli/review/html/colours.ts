import { markup, type Markup } from "./markup";

const LIGHT = markup`--page: #fff; --text: #1f2328; --muted: #57606a; --subtle: #f6f8fa; --line: #d1d9e0; --edge: #818b98;
  --link: #0a5cc4; --red: #b3202c; --green: #116b2b; --yellow: #835600; --purple: #7440c4; --removed: #ffebe9; --added: #dcfbe4`;

const DARK = markup`--page: #0d1117; --text: #f0f6fc; --muted: #a3abb5; --subtle: #161b22; --line: #3d444d; --edge: #7d8590;
  --link: #6cb0ff; --red: #ff8f88; --green: #56d364; --yellow: #e3b341; --purple: #c49bff; --removed: #301a1f; --added: #12291d`;

/** Every text is read on every ground that it stands on: the browser tests measure the contrast. Paper is light. */
export const COLOURS: Markup = markup`:root { ${LIGHT} }
@media screen and (prefers-color-scheme: dark) { :root { ${DARK} } }
@media print { html { color-scheme: light !important } }
`;
