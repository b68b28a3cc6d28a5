import { writeJson } from "../../definition/json";
import { nearestWord } from "../../definition/parse/nearest-word";
import { quoted } from "../../definition/sentences/quote";
import type { FoundDefinition } from "../definition-source";
import { pulumi } from "../pulumi-process";
import { readTextFile } from "../read-text";
import { isError } from "../review/preview/content";
import { readPreviews, type Preview, type Step } from "../review/preview/preview";
import { KNOWN_LATER, SECRET } from "../review/preview/values";
import type { Terminal } from "../terminal";

/** Where a preview is from: a file, or standard input for `-`; without one `pulumi preview` is run. */
export interface PreviewSource {
  readonly preview?: string;
  readonly stack?: string;
  readonly cwd?: string;
}

/**
 * The definition that a program gives to one of its segments, as a preview tells.
 *
 * @param name the name of the resource in the program
 * @throws Error where there is no such segment, or its definition is not known before the program runs
 */
export async function readProgramSegment(
  name: string,
  source: PreviewSource,
  terminal: Terminal,
): Promise<FoundDefinition> {
  const { place, text } = await previewText(source, terminal);
  const previews = parsed(place, text);
  const steps = previews.flatMap((preview) => preview.steps.filter(isSegment));
  const found = steps.filter(({ urn }) => urn.name === name);
  // A segment that is read again, or replaced, has a step for each part of it.
  const inputs = [...new Map(found.map((step) => [step.key, step])).values()];
  const [only, ...others] = inputs;
  if (only === undefined) throw new Error(notThere(name, place, previews, steps));
  if (others.length > 0) {
    const keys = inputs.map(({ key }) => `\n  ${key}`).join("");
    throw new Error(`${place} has several segments that the program calls ${quoted(name)}:${keys}`);
  }
  const definition = (found.findLast(({ after }) => after !== undefined) ?? only).after?.inputs["definition"];
  const json = definition === undefined ? "" : writeJson(definition);
  if (definition === undefined) throw new Error(`${place}: the segment ${quoted(name)} has no definition`);
  if (json.includes(KNOWN_LATER) || json.includes(SECRET)) {
    const why = json.includes(SECRET) ? "secret" : "known only after up";
    throw new Error(
      `${place}: a part of the definition of ${quoted(name)} is ${why}; write the definition into a file, and name the file instead`,
    );
  }
  return { place: `program:${name}`, definition };
}

const isSegment = ({ kind, op, after }: Step): boolean => kind === "Segment" && after !== undefined && op !== "delete";

function notThere(name: string, place: string, previews: readonly Preview[], steps: readonly Step[]): string {
  const failures = previews.flatMap(({ diagnostics }) => diagnostics.filter(isError));
  if (failures.length > 0)
    return `${place}: the preview failed before it came to ${quoted(name)}:${failures.map(({ message }) => `\n  ${message.trim()}`).join("")}`;
  const names = [...new Set(steps.map(({ urn }) => urn.name))];
  const sames = place.includes("--show-sames")
    ? ""
    : '; what stays the same is only in the output of "pulumi preview --json --show-sames"';
  if (names.length === 0) return `${place} has no segments${sames}`;
  const meant = nearestWord(name, names);
  const advice =
    meant === undefined ? `it has ${names.map(quoted).join(", ")}${sames}` : `did you mean ${quoted(meant)}?`;
  return `${place} has no segment that the program calls ${quoted(name)}; ${advice}`;
}

function parsed(place: string, text: string): Preview[] {
  try {
    return readPreviews(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${place} is no whole preview: ${reason}`, { cause: error });
  }
}

async function previewText(
  { preview, stack, cwd }: PreviewSource,
  terminal: Terminal,
): Promise<{ readonly place: string; readonly text: string }> {
  if (preview === "-") return { place: "standard input", text: await terminal.standardInput() };
  if (preview !== undefined) return { place: preview, text: readTextFile(preview) };
  // Else it leaves out what stays the same.
  const args = [
    "preview",
    "--json",
    "--show-sames",
    "--non-interactive",
    ...(stack === undefined ? [] : ["--stack", stack]),
  ];
  const place = `pulumi ${args.join(" ")}`;
  terminal.log(`Running ${place} …`);
  const { output, status } = await pulumi(args, cwd, terminal.environment, terminal.log);
  if (status !== 0 && !output.includes("{")) {
    terminal.log(output.trimEnd());
    throw new Error("pulumi failed: see its output above");
  }
  return { place, text: output };
}
