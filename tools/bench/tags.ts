/** What tags cost: of many new segments on the real engine, some at a time, against a service without limits. */
import { startEmulator } from "../../emulator";
import { createStack } from "../../test/engine/harness/stack";
import { segmentArguments, UNLIMITED } from "./arguments";
import { segmentProgram } from "./programs";
import type { Statement } from "./row";

export interface TagsRow {
  readonly segments: number;
  /** What `pulumi up --parallel` was given. */
  readonly parallel: number;
  /** To the tags. */
  readonly requests: number;
  readonly seconds: number;
}

const SEGMENTS = 500;
/** The engine's own number on two cores, and the one that people give. */
const PARALLEL = [8, 100] as const;

export async function measureTags(): Promise<TagsRow[]> {
  const rows: TagsRow[] = [];
  for (const parallel of PARALLEL) rows.push(await creation(parallel));
  return rows;
}

async function creation(parallel: number): Promise<TagsRow> {
  const emulator = await startEmulator({ limits: false });
  const wanted = segmentArguments(SEGMENTS).map((args, i) => ({ ...args, tags: ["bench", `${i}`] }));
  const stack = await createStack({
    env: { ...emulator.environment, ...UNLIMITED },
    program: segmentProgram(wanted),
  });
  try {
    const { seconds } = await stack.up({ args: ["--parallel", String(parallel)] });
    const tagged = emulator.control.segments().filter(({ tags }) => tags.length === 2).length;
    if (tagged !== SEGMENTS) throw new Error(`${tagged} of ${SEGMENTS} segments have their tags`);
    const requests = emulator.control
      .requests()
      .filter(({ path }) => path.startsWith("/componentmetadata/tags")).length;
    return { segments: SEGMENTS, parallel, requests, seconds };
  } finally {
    await stack.dispose();
    await emulator.close();
  }
}

export const tagsStatements = (rows: readonly TagsRow[]): Statement[] =>
  rows.map(({ segments, parallel, requests }) => ({
    part: "tags",
    text: `tags of ${segments} new segments, ${parallel} in parallel: requests`,
    value: requests,
    atMost: Math.ceil(segments / parallel) + 2,
  }));
