import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import { createStack, type Run, type Stack } from "./harness/stack";
import { DOORS } from "./doors/door";
import { MODULES, WITH_PLUGIN } from "./native/project";
import { declareAll, throughBothDoors } from "./program-of-both-doors";
import { TYPE_TOKENS } from "../../model/resource-kinds";
import { deviceIs, program, UNLIMITED } from "./programs";

// What a user sees of mistakes in a program: all of them, once, before anything is sent.

let emulator: Emulator;
let stack: Stack;
const good = { name: "Good", dataViewId: "dv_dev", definition: deviceIs("Phone") };

beforeAll(async () => {
  emulator = await startEmulator({ limits: false });
  stack = await createStack({ env: { ...emulator.environment, ...UNLIMITED }, program: "", files: WITH_PLUGIN });
});
beforeEach(() => emulator.control.clearRequests());
afterAll(async () => {
  await stack.dispose();
  await emulator.close();
});

const errorsOf = (run: Run) =>
  run.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message.trim());
/** A frame of a stack trace, which tells a user nothing. */
const FRAME = /^\s+at .+:\d+/m;

const container = (change: object) => ({ ...good.definition, container: { ...good.definition.container, ...change } });

describe("mistakes of all resources in a program", () => {
  beforeAll(() =>
    stack.setProgram(
      throughBothDoors([
        ...declareAll({
          fine: ["Segment", good],
          empty: ["Segment", { ...good, name: "" }],
          text: ["Segment", { ...good, definition: "segment" }],
          bare: ["Segment", { ...good, definition: { func: "segment", version: [1, 0, 0] } }],
          place: ["Segment", { ...good, definition: container({ context: "hit" }) }],
          leaf: [
            "Segment",
            { ...good, definition: container({ pred: { func: "streq", val: { func: "attr", name: "variables/x" } } }) },
          ],
          numeric: [
            "Segment",
            {
              ...good,
              definition: container({ pred: { func: "gt", num: "5", val: { func: "attr", name: "variables/x" } } }),
            },
          ],
          misspelt: ["Segment", { name: "Misspelt", dataViewId: "dv_dev", defintion: good.definition }],
          adopts: ["Segment", { ...good, adoptId: "s1" }],
          adopts2: ["Segment", { ...good, adoptId: "s1" }],
          none: ["SegmentJob", { segmentIds: [] }],
          doubled: ["SegmentJob", { segmentIds: ["a", "a"], allSegments: true, timeout: "soon" }],
          many: ["SegmentJob", { segmentIds: ["a", "b", "c"] }],
        }),
        // By the option the plugin takes over what exists.
        `if (door === "dynamic") new cja.Segment(own("imported"), ${JSON.stringify(good)}, { import: "s1" });`,
        'new cja.Segment(own("nothing"));',
        'cja.Segment.get(own("nowhere"));',
      ]),
    ),
  );
  const env = { CJA_MAX_SEGMENTS_PER_JOB: "2" };
  const reportOf = (door: string) => [
    `cja.Segment "empty-${door}"`,
    '  name: found the string "", expected a string that is not empty',
    `cja.Segment "text-${door}"`,
    '  definition: found the string "segment", pass the object itself: {"func": "segment", "version": [1, 0, 0], "container": …}',
    `cja.Segment "bare-${door}"`,
    '  definition.container: missing, add "container": {"func": "container", "context": "hits", "pred": …}',
    `cja.Segment "place-${door}"`,
    '  definition.container.context: found "hit", use "hits"; allowed are "hits", "visits", "visitors"',
    `cja.Segment "leaf-${door}"`,
    '  definition.container.pred.str: missing, add "str": "…"',
    `cja.Segment "numeric-${door}"`,
    '  definition.container.pred.num: found the string "5", write the number 5',
    `cja.Segment "misspelt-${door}"`,
    '  defintion: there is no such argument; did you mean "definition"?',
    `cja.Segment "adopts2-${door}"`,
    `  adoptId: found "s1-${door}", which cja.Segment "adopts-${door}" takes over, too; one segment belongs to one resource: remove one of the two`,
    `cja.SegmentJob "none-${door}"`,
    "  segmentIds: found an empty list, expected at least one audience ID; to run all, give allSegments: true instead",
    `cja.SegmentJob "doubled-${door}"`,
    `  segmentIds[1]: found the string "a-${door}" a second time (also at segmentIds[0]); give each once`,
    "  allSegments: found beside segmentIds; give one of the two",
    '  timeout: found the string "soon", expected a duration such as "90s", "30m", "4h" or "1h30m" (up to 24 days)',
    `cja.SegmentJob "many-${door}"`,
    "  segmentIds: found 3 audiences, but a job takes at most 2 (cja:maxSegmentsPerJob); split them over several jobs, or give allSegments: true",
    ...(door === "dynamic"
      ? [
          `cja.Segment "imported-${door}"`,
          "  import: this option does not work here; to take over an existing segment, give its ID as the argument adoptId instead",
        ]
      : []),
    `cja.Segment "nothing-${door}"`,
    "  name: found nothing, expected a string that is not empty",
    '  dataViewId: found nothing, expected the ID of a data view, such as "dv_66f1c0"',
    '  definition: found nothing, expected a segment definition: {"func": "segment", "version": [1, 0, 0], "container": …}',
    `cja.Segment "nowhere-${door}"`,
    "  id: found no ID, expected the ID of what to read",
  ];
  const report = [
    "35 mistakes in the arguments of 27 resources; nothing was sent or changed.",
    ...DOORS.flatMap(reportOf),
  ];

  test("are one error of the preview, without a stack trace", async () => {
    const run = await stack.preview({ fails: true, env });
    expect(errorsOf(run).map((text) => text.split("\n"))).toEqual([report]);
    expect(run.output).not.toMatch(FRAME);
    expect(run.changes).toEqual({});
  });

  test("stop a run without preview before anything is sent, also for the resource that is in order", async () => {
    const run = await stack.up({ fails: true, env });
    expect(errorsOf(run).map((text) => text.split("\n"))).toEqual([report]);
    expect(stack.resources()).toEqual([]);
    expect(emulator.control.requests()).toEqual([]);
  });
});

test.each(DOORS)(
  "values that turn out bad later are refused by path, and nothing secret is printed (%s)",
  async (door) => {
    const text = program({ fine: ["Segment", good] }).replace('"pulumi-cja"', JSON.stringify(MODULES[door]));
    stack.setProgram(`${text}
    const later = (value) => pulumi.output(Promise.resolve(value));
    new cja.Segment("late", {
      name: pulumi.secret("top secret name"),
      description: pulumi.secret("top secret description"),
      dataViewId: later("dv one"),
      tags: pulumi.secret(["top secret tag", "top secret tag"]),
      definition: later(${JSON.stringify(container({ context: "hit" }))}),
      // The ID of a segment that is not made yet.
      adoptId: fine.id,
    });`);
    const run = await stack.preview({ fails: true });
    expect(errorsOf(run).map((text) => text.split("\n"))).toEqual([
      [
        `${TYPE_TOKENS.Segment[door]} resource 'late' has a problem: 3 mistakes in the arguments`,
        '  dataViewId: found a string, expected the ID of a data view, such as "dv_66f1c0", without spaces, commas or slashes',
        '  definition.container.context: found a string, use "hits"; allowed are "hits", "visits", "visitors"',
        "  tags[1]: found a string a second time (also at tags[0]); give each once",
      ],
    ]);
    expect(run.output).not.toContain("top secret");
    expect(run.output).not.toMatch(FRAME);
  },
);

describe("IDs of another environment in outputs", () => {
  const [FOREIGN, HERE] = ["7863c010-e092-41c8-ae5e-9e533186752e", "54669488-03ab-4e0d-a694-37fe49e32be8"];
  const why = `found "${FOREIGN}", which is "buyers" of dev, not of prod; use "${HERE}"`;
  const setProgram = (...lines: readonly string[]) =>
    stack.setProgram(
      throughBothDoors([
        'const env = cja.Environment.load({ name: "prod" });',
        "const later = (value) => pulumi.output(Promise.resolve(value));",
        ...lines,
      ]),
    );

  beforeAll(() =>
    writeFileSync(
      join(stack.folder, "environments.yaml"),
      `dev: { audiences: { buyers: ${FOREIGN} } }\nprod: { audiences: { buyers: ${HERE} } }\n`,
    ),
  );

  test("fail the preview once they are known, all at once, and show nothing secret", async () => {
    setProgram(
      'new cja.Audience(own("fine"), { name: own("Fine"), expression: later("a = 1") });',
      `new cja.Audience(own("text"), { name: own("Text"), expression: pulumi.interpolate\`inSegment("\${later("${FOREIGN}")}")\` });`,
      `new cja.Audience(own("secret"), { name: own("Secret"), expression: pulumi.secret('inSegment("${FOREIGN}")') });`,
      `new cja.SegmentJob(own("job"), { segmentIds: [later("${FOREIGN}")] });`,
    );
    const run = await stack.preview({ fails: true });
    expect(errorsOf(run).map((text) => text.split("\n"))).toEqual([
      [
        "6 mistakes in the arguments of 6 resources; nothing was sent or changed.",
        ...DOORS.flatMap((door) => [
          `cja.Audience "text-${door}"`,
          `  expression: line 1, column 11: ${why}`,
          `cja.Audience "secret-${door}"`,
          "  expression: line 1, column 11: found the ID of another environment in a secret value, which is not shown",
          `cja.SegmentJob "job-${door}"`,
          `  segmentIds[0]: ${why}`,
        ]),
      ],
    ]);
    expect(run.output).not.toMatch(FRAME);
  });

  test("beside one that is unknown in the preview, fail the up before the resource is sent", async () => {
    setProgram(
      'const base = new cja.Audience(own("base"), { name: own("Base"), expression: "a = 1" });',
      `new cja.Audience(own("text"), { name: own("Text"), expression: pulumi.interpolate\`inSegment("\${base.id}") and inSegment("${FOREIGN}")\` });`,
    );
    const preview = await stack.preview();
    expect(preview.changes).toMatchObject({ create: 4 });
    const run = await stack.up({ fails: true });
    const [report = ""] = errorsOf(run);
    expect(report).toContain("nothing was sent for these; other resources may have been changed before.\n");
    expect(report).toMatch(/\ncja\.Audience "text-\w+"\n {2}expression: line 1, column 65: found "/);
    expect(run.output).not.toMatch(FRAME);
    const made = emulator.control
      .requests()
      .filter(({ method, path }) => method === "POST" && path.endsWith("/audiences"));
    expect(made.map(({ body }) => (body as { name: string }).name).filter((name) => name.startsWith("Text"))).toEqual(
      [],
    );
    await stack.destroy();
  });

  test("an output that fails is told by its own error alone", async () => {
    setProgram(
      'new cja.Audience(own("broken"), { name: own("Broken"), expression: pulumi.output(Promise.reject(new Error(own("no words")))) });',
    );
    const run = await stack.preview({ fails: true });
    for (const door of DOORS) expect(run.output.match(new RegExp(`no words-${door}`, "g"))).toHaveLength(1);
  });
});

test("a mistake of the provider itself is told with its stack, once", async () => {
  const dist = "../../../../../dist";
  const broken = await createStack({
    env: { ...emulator.environment },
    program: program({ one: ["Segment", good] }),
    files: {
      "node_modules/pulumi-cja/index.js": `module.exports = require("${dist}/sdk");`,
      "node_modules/pulumi-cja/provider.js": `
        const { dynamicProvider } = require("${dist}/provider/dynamic/resource-provider");
        const lifecycle = {
          check: async (_olds, inputs) => ({ inputs, mistakes: [] }),
          create: async () => undefined.id,
        };
        exports.segment = dynamicProvider(() => {}, () => ({ mistakes: [], redact: (text) => text, keepSecret: () => {} }), () => lifecycle);`,
    },
  });
  try {
    const run = await broken.up({ fails: true });
    const [told, ...again] = errorsOf(run).filter((text) => text.includes("undefined"));
    expect(told).toMatch(
      /^TypeError: Cannot read properties of undefined.*\n +at Object\.create \(.*provider\.js:\d[\s\S]*\nThis is a bug in pulumi-cja: please report it, with these lines\.$/,
    );
    expect(again).toEqual([]);
  } finally {
    await broken.dispose();
  }
});
