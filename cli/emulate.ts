import { Command, InvalidArgumentError, Option } from "commander";
import { sampleEvents, startEmulator, type AudienceForm, type Emulator, type EmulatorOptions } from "../emulator";
import { allEvents, openEventsFile } from "./events-file/events-file";
import { writeOutputFile } from "./output-file";
import { withSafeOutput } from "./safe-output";
import type { Terminal } from "./terminal";

interface EmulateFlags {
  readonly port: number;
  readonly dialect: "guide" | "reference";
  readonly audiences: AudienceForm;
  readonly dataView?: string[];
  readonly state?: string;
  readonly events?: string;
  readonly writeEvents?: string;
  readonly limits: boolean;
  readonly jobSeconds?: number;
  readonly json?: boolean;
}

const examples = `
Examples:
  $ pulumi-cja emulate
  $ pulumi-cja emulate --json      the address and the settings as one line of JSON
  $ pulumi-cja emulate --dialect reference --data-view dv_shop --state emulator.json
  $ pulumi-cja emulate --write-events events.jsonl      what its reports count, for pulumi-cja try
  $ pulumi-cja emulate --port 0 --no-limits --job-seconds 1      for a CI job: a free port, fast jobs
`;

/** `pulumi-cja emulate`: an emulator of Adobe's APIs, until it is interrupted. */
export function emulateCommand(overrides: Partial<Terminal> = {}): Command {
  return new Command("emulate")
    .description(
      "run an emulator of Adobe's segments, reports, audiences, segment jobs and token endpoints on 127.0.0.1",
    )
    .option("--port <port>", "port to listen on, 0 for a free one", wholeNumber, 4080)
    .addOption(
      new Option(
        "--dialect <dialect>",
        "which form of bodies to answer: the segments guide's, or the OpenAPI document's",
      )
        .choices(["guide", "reference"])
        .default("guide"),
    )
    .addOption(
      new Option(
        "--audiences <form>",
        "where audiences are: /audiences and /segment/definitions, or the older path alone",
      )
        .choices(["both", "definitions"])
        .default("both"),
    )
    .option("--data-view <id>", "a data view beside dv_dev, dv_stage and dv_prod; may be repeated", collect)
    .option("--state <file>", "keep the content in this file between runs")
    .option("--events <file>", "what reports count: events in JSON lines or CSV, instead of the emulator's own")
    .addOption(
      new Option("--write-events <file>", "write the emulator's own events in JSON lines, and end").conflicts("events"),
    )
    .option("--no-limits", "do not enforce Adobe's published request limits")
    .option("--job-seconds <seconds>", "how long a segment job takes (default: 4)", positiveNumber)
    .option("--json", "print the address and the settings as one line of JSON")
    .addHelpText("after", examples)
    .action(withSafeOutput(overrides, (terminal, flags: EmulateFlags) => emulate(flags, terminal)));
}

async function emulate(flags: EmulateFlags, terminal: Terminal): Promise<void> {
  if (flags.writeEvents !== undefined) return writeEvents(flags.writeEvents, terminal);
  const events = flags.events === undefined ? undefined : await allEvents(await openEventsFile(flags.events, terminal));
  const emulator = await startEmulator({ ...optionsOf(flags), events }).catch((error: unknown) => {
    throw portIsTaken(error) ? new Error(`port ${flags.port} is taken; choose another with --port`) : error;
  });
  const { url, environment } = emulator;
  terminal.write(flags.json ? `${JSON.stringify({ url, environment })}\n` : startMessage(emulator, flags));
  await terminal.stopRequested();
  await emulator.close();
}

function writeEvents(file: string, { write, now }: Terminal): void {
  const events = sampleEvents(now());
  writeOutputFile(file, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
  const persons = new Set(events.map(({ person }) => person)).size;
  write(`${file}: ${events.length} events of ${persons} persons\n`);
}

function optionsOf({ port, dialect, audiences, dataView, state, limits, jobSeconds }: EmulateFlags): EmulatorOptions {
  const eighth = ((jobSeconds ?? 4) * 1000) / 8;
  const jobTiming = { newMs: eighth, queuedMs: eighth, processingMs: 6 * eighth, cancellingMs: eighth };
  return { port, dialect, audiences, limits, jobTiming, dataViews: dataView, stateFile: state };
}

function startMessage({ url, environment }: Emulator, { dialect, state }: EmulateFlags): string {
  const settings = Object.entries(environment).map(([name, value]) => `export ${name}=${value}`);
  const retentionText = state === undefined ? "its content is not kept" : `its content is kept in ${state}`;
  return [
    `The emulator answers at ${url} in the ${dialect} dialect until you interrupt it; ${retentionText}.`,
    "",
    ...settings,
    "",
    "",
  ].join("\n");
}

const portIsTaken = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "EADDRINUSE";
const collect = (value: string, before: string[] = []): string[] => [...before, value];

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 65535) throw new InvalidArgumentError("must be a port, 0 to 65535.");
  return Number(text);
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0) || !Number.isFinite(value)) throw new InvalidArgumentError("must be a number above 0.");
  return value;
}
