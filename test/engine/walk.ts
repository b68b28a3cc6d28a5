/** A walk that a README describes, done as a reader would: its `sh` blocks, line by line, in one folder after another. */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pack } from "../package/tarball";
import { pulumiEnvironment } from "./harness/project";
import { startProcess } from "./harness/process";

export const checkout = resolve(__dirname, "../..");

/** The lines of each block in a language. Those of `sh` are walked, each to the exit status that it says: 0, unless a comment says `ends with N`. */
export const blocksOf = (markdown: string, language = "sh"): string[][] =>
  [...markdown.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "gm"))].map(([, block = ""]) =>
    block.trimEnd().split("\n"),
  );

const checked = (line: string): string => {
  const expected = / # ends with (\d+)/.exec(line)?.[1] ?? "0";
  const failed = `echo 'The line «${line.replaceAll("'", "’")}» was to end with ${expected}, and ended with' $ended`;
  return `${line}\nended=$?; [ $ended = ${expected} ] || { ${failed}; exit 1; }`;
};

export class Walk {
  readonly #blocks: string[][];
  /** Where the reader stands after the last block. */
  #place: string;

  private constructor(
    readonly folder: string,
    markdown: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {
    this.#blocks = blocksOf(markdown);
    this.#place = folder;
  }

  /** Beside a clone with its tarball in it, outside of the checkout: nothing is found there but what the walk installs. */
  static async start(readme: string, env: Readonly<Record<string, string>>): Promise<Walk> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-cja-walk-")));
    for (const name of ["backend", "pulumi-cja"]) mkdirSync(join(folder, name));
    symlinkSync(join(checkout, "examples"), join(folder, "pulumi-cja/examples"));
    await pack(join(folder, "pulumi-cja"));
    return new Walk(folder, readFileSync(join(checkout, readme), "utf8"), env);
  }

  /** Blocks that were not walked yet. */
  get left(): number {
    return this.#blocks.length;
  }

  /** Walks the next block, and answers what was printed. Throws where a line ends otherwise than it says. */
  next(): Promise<string> {
    const lines = this.#blocks.shift();
    if (!lines) throw new Error("the walk is at its end");
    return this.run(lines);
  }

  /** Does what the README does not say, as a reader may. */
  async run(lines: readonly string[]): Promise<string> {
    const place = join(this.folder, "place");
    const script = ["set -o pipefail", ...lines.map(checked), `pwd > '${place}'`].join("\n");
    const { code, output } = await startProcess(
      "bash",
      ["--noprofile", "--norc", "-c", script],
      { cwd: this.#place, env: { ...this.#environment(), ...this.env } },
      (finished) => finished,
    ).done;
    if (code !== 0) throw new Error(output);
    this.#place = readFileSync(place, "utf8").trim();
    return output;
  }

  /** A file where the reader stands. */
  write(file: string, text: string): void {
    writeFileSync(join(this.#place, file), text);
  }
  read(file: string): string {
    return readFileSync(join(this.#place, file), "utf8");
  }
  /** The name of the folder where the reader stands. */
  get standsIn(): string {
    return basename(this.#place);
  }

  dispose(): void {
    if (!process.env["CJA_KEEP_TEST_FOLDERS"]) rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** As a shell has it in which somebody works; Pulumi's questions are answered with yes. */
  #environment(): Record<string, string> {
    return {
      ...pulumiEnvironment(this.folder),
      XDG_STATE_HOME: join(this.folder, "state-home"),
      PULUMI_SKIP_CONFIRMATIONS: "true",
      // `npm run typecheck` checks the types of the examples.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      GIT_CONFIG_GLOBAL: "/dev/null",
      ...Object.fromEntries(
        ["AUTHOR", "COMMITTER"].flatMap((who) => [
          [`GIT_${who}_NAME`, "Analyst"],
          [`GIT_${who}_EMAIL`, "analyst@example.com"],
        ]),
      ),
      npm_config_update_notifier: "false",
      npm_config_prefer_offline: "true",
      npm_config_audit: "false",
      npm_config_fund: "false",
    };
  }
}
