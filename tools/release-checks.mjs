/** What keeps a commit from being released, and what a release writes into files. Nothing here asks git or npm: tools/release.mjs does. */

/** Stands in package.json and .github/CODEOWNERS for the organisation or person at GitHub that the repository belongs to. */
export const PLACEHOLDER = "your-organisation";

/** What pages say until there is a release. */
export const NOT_PUBLISHED = "npm registry does not have `pulumi-cja` yet";

/** In CHANGELOG.md until there is a release. */
const NOTHING_YET = "Nothing has been released yet.";

/**
 * Every reason, each a sentence that says what to do. `tags` are all tags of the repository, `uncommitted` and the two lists of lines are
 * `path` and `path:line`.
 */
export function reasonsAgainst({ version, current, tags, branch, uncommitted, placeholders, notPublished }) {
  const last = tags
    .map((tag) => tag.replace(/^v/, ""))
    .filter(isVersion)
    .sort(compare)
    .at(-1);
  return [
    isVersion(version) || `"${version}" is no version: give three numbers, as in 0.2.0`,
    !isVersion(version) ||
      !last ||
      compare(version, last) > 0 ||
      `${version} is not higher than ${last}, the last release`,
    !isVersion(version) ||
      compare(version, current) >= 0 ||
      `${version} is lower than ${current}, which package.json has`,
    branch === "main" || `releases are made on main, this is ${branch === "" ? "no branch" : branch}`,
    uncommitted.length === 0 || `commit or remove first: ${uncommitted.join(", ")}`,
    placeholders.length === 0 ||
      `put the organisation that the repository belongs to in place of ${PLACEHOLDER}: ${placeholders.join(", ")}`,
    notPublished.length === 0 ||
      `with a release \`npm install pulumi-cja\` works, say so in place of "${NOT_PUBLISHED}": ${notPublished.join(", ")}`,
  ].filter((reason) => reason !== true);
}

const isVersion = (text) => /^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(text);
const compare = (one, other) => one.localeCompare(other, "en", { numeric: true });

/** CHANGELOG.md with one more section, the newest first. */
export function withSection(changelog, section) {
  const heading = "# Changelog\n";
  if (!changelog.startsWith(heading)) throw new Error(`CHANGELOG.md does not begin with "${heading.trim()}"`);
  const sections = changelog.slice(heading.length).replace(NOTHING_YET, "").trim();
  return `${[heading.trim(), section.trim(), sections].filter(Boolean).join("\n\n")}\n`;
}

/** A page with the tarball that `npm pack` makes of `version`. */
export const namingTarball = (text, current, version) =>
  text.replaceAll(`pulumi-cja-${current}.tgz`, `pulumi-cja-${version}.tgz`);
