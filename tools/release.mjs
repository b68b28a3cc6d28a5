/** `npm run release -- VERSION`: the commit and the tag of a release, with a tarball that was used once. docs/decisions/release.md */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./folders.mjs";
import { CommandFailed, npm, onInterrupt, run } from "./process.mjs";
import { progress } from "./progress.mjs";
import { NOT_PUBLISHED, PLACEHOLDER, namingTarball, reasonsAgainst, withSection } from "./release-checks.mjs";

const help = `npm run release -- VERSION [--dry-run] [--publish --registry URL]

Makes a release of what is checked out: sees whether it may become one, writes the version and the changelog, packs, installs the
tarball as a user does and uses it once, commits and tags. Pushed, the tag starts the workflow that publishes to npm.
Before that, \`bash .ci/run\` should have passed; the workflow runs it again.

  --dry-run        everything but commit, tag and publishing; what was written is put back
  --publish        publish the tarball from here, to a registry of your own: npm's gets it from the workflow, with provenance
  --registry URL   where --publish publishes

Examples:
  npm run release -- 0.2.0 --dry-run
  npm run release -- 0.2.0 && git push --follow-tags
  npm run release -- 0.2.0 --publish --registry http://127.0.0.1:4873`;

const packed = join(root, ".tmp", "release");
const read = (file) => readFileSync(join(root, file), "utf8");
const quietly = async (command, args, options) => (await run(command, args, { cwd: root, ...options })).stdout;
const git = (...args) => quietly("git", args);
/** Whatever `npm run --silent` made of its words: the reason of a failure is told. */
const runNpm = (...args) => {
  const [command, ...first] = npm();
  return quietly(command, [...first, ...args, "--loglevel=warn"]);
};
const linesOf = (text) => text.split("\n").filter(Boolean);

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: "boolean", short: "h" },
      "dry-run": { type: "boolean", default: false },
      publish: { type: "boolean", default: false },
      registry: { type: "string" },
    },
  });
  if (values.help) console.log(help);
  else if (positionals.length !== 1) throw new TypeError("give one version");
  else if (values.publish !== (values.registry !== undefined))
    throw new TypeError("--publish and --registry go together");
  else await release(positionals[0], { dryRun: values["dry-run"], registry: values.registry });
} catch (error) {
  // What `parseArgs` throws is one, too.
  if (!(error instanceof TypeError)) throw error;
  console.error(`${error.message}\n\n${help}`);
  process.exitCode = 2;
}

async function release(version, { dryRun, registry }) {
  const out = progress(4 + (dryRun ? 0 : 1) + (registry && !dryRun ? 1 : 0));
  let written = [];
  let start;
  let restoring;
  const restore = async () => {
    if (written.length === 0) return;
    // A commit without a tag is no release, either.
    await quietly("git", ["reset", "--quiet", "--soft", start], { cleansUp: true });
    const args = ["restore", "--source", start, "--staged", "--worktree", "--", ...written];
    await quietly("git", args, { cleansUp: true });
  };
  /** Once: an interrupt comes here, and so does what it has ended. */
  const putBack = () => (restoring ??= restore());
  onInterrupt(putBack);
  try {
    const current = JSON.parse(read("package.json")).version;
    await out.step("See whether this may be released", "mend that, commit, and run this again.", async () => {
      const reasons = reasonsAgainst({ version, current, ...(await factsOfRepository()) });
      if (reasons.length > 0) throw new Error(reasons.map((reason) => `  - ${reason}`).join("\n"));
    });
    await out.step("Write the version and the changelog", undefined, async () => {
      // First the list: an interrupt puts back what is half written, too.
      const pages = await filesNaming(`pulumi-cja-${current}.tgz`);
      start = (await git("rev-parse", "HEAD")).trim();
      written = ["package.json", "package-lock.json", "CHANGELOG.md", ...pages];
      await writeVersion(version, current, pages);
      const section = await sectionOf(version);
      writeFileSync(join(root, "CHANGELOG.md"), withSection(read("CHANGELOG.md"), section));
      await quietly(process.execPath, [bin("prettier", "bin/prettier.cjs"), "--write", "CHANGELOG.md"]);
      for (const line of section.trim().split("\n")) out.note(line);
    });
    const tarball = await out.step("Pack", undefined, () => pack(version));
    out.note(tarball);
    const advice = "see above whether the tarball does not work, or npm could not install it. Nothing was committed.";
    await out.step("Install the tarball and use it once", advice, () => useOnce(tarball), { talks: true });
    if (dryRun) {
      await putBack();
      return out.done("All of it would work; nothing was committed.");
    }
    await out.step("Commit and tag", "see above what git says. Nothing was committed.", async () => {
      await git("commit", "--quiet", "--message", `Release ${version}`, "--", ...written);
      await git("tag", "--annotate", "--message", `pulumi-cja ${version}`, `v${version}`);
      written = [];
    });
    if (registry) {
      const again = `the commit and the tag are made; \`npm publish ${tarball} --provenance=false --registry ${registry}\` tries again.`;
      await out.step(`Publish to ${registry}`, again, () => publish(tarball, registry));
      return out.done(`Released ${version}.`);
    }
    out.done(`Tagged v${version}.`);
    console.log("Next: git push --follow-tags. The workflow `release` tests the tag once more and publishes it.");
  } catch (error) {
    await putBack();
    if (error.cause instanceof CommandFailed && error.cause.output) console.error(error.cause.output.trim());
    out.failed(error);
    process.exitCode = 1;
  }
}

async function factsOfRepository() {
  const grep = async (text, ...paths) => {
    const found = await git("grep", "--line-number", "--fixed-strings", text, "--", ...paths).catch(nothingFound);
    return linesOf(found).map((line) => line.split(":").slice(0, 2).join(":"));
  };
  return {
    tags: linesOf(await git("tag", "--list")),
    branch: (await git("branch", "--show-current")).trim(),
    uncommitted: linesOf(await git("status", "--porcelain")).map((line) => line.slice(3)),
    placeholders: await grep(PLACEHOLDER, "package.json", ".github"),
    notPublished: await grep(NOT_PUBLISHED, "*.md", ":!docs/decisions"),
  };
}

/** `git grep` ends with 1 where it finds nothing. */
function nothingFound(error) {
  if (error instanceof CommandFailed && error.code === 1) return "";
  throw error;
}

async function filesNaming(text) {
  const paths = ["*.md", "examples/*/package.json", ":!CHANGELOG.md", ":!docs/decisions"];
  return linesOf(await git("grep", "--name-only", "--fixed-strings", text, "--", ...paths).catch(nothingFound));
}

async function writeVersion(version, current, pages) {
  await runNpm("version", version, "--no-git-tag-version", "--allow-same-version");
  for (const file of pages) writeFileSync(join(root, file), namingTarball(read(file), current, version));
}

/** Of the commits since the last tag that touch what is compiled into the package. */
async function sectionOf(version) {
  const { include: folders } = JSON.parse(read("tsconfig.build.json"));
  const paths = folders.flatMap((folder) => ["--include-path", `${folder}/**`]);
  const args = ["--config", "tools/cliff.toml", "--offline", "--unreleased", "--tag", `v${version}`, ...paths];
  return quietly(process.execPath, [bin("git-cliff", "lib/cli/cli.js"), ...args]);
}

async function pack(version) {
  rmSync(packed, { recursive: true, force: true });
  mkdirSync(packed, { recursive: true });
  await runNpm("pack", "--pack-destination", packed);
  return join(packed, `pulumi-cja-${version}.tgz`);
}

async function useOnce(tarball) {
  const args = ["--selectProjects", "engine", "--testPathPatterns", "test/package/candidate"];
  const env = { ...process.env, PULUMI_CJA_TEST_TARBALL: tarball };
  await run(process.execPath, [bin("jest", "bin/jest.js"), ...args], { cwd: root, env, terminal: true });
}

async function publish(tarball, registry) {
  await runNpm("publish", tarball, "--registry", registry, "--provenance=false");
}

function bin(name, file) {
  return join(root, "node_modules", name, file);
}
