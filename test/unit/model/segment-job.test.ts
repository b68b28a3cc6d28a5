import { DEFAULT_MAX_SEGMENTS, formatMistake, segmentJobMistakes } from "../../../model";

const UNKNOWN = Symbol("not known yet");
const isUnknown = (value: unknown) => value === UNKNOWN;
const lines = (given: unknown, max?: number) => segmentJobMistakes(given, isUnknown, max).map(formatMistake);

const NO_AUDIENCE =
  "the ID of a Customer Journey Analytics segment, expected the ID of an audience of Experience Platform: a UUID, which the UI shows with the audience " +
  "under Customer > Audiences, and GET /segment/definitions lists. No run was started";
const DURATION = 'expected a duration such as "90s", "30m", "4h" or "1h30m" (up to 24 days)';

test.each([
  ["a list", { segmentIds: ["a", "b"] }],
  ["all audiences", { allSegments: true }],
  ["all audiences of a schema", { allSegments: true, schemaName: "_xdm.context.account" }],
  ["a list and allSegments: false", { segmentIds: ["a"], allSegments: false }],
  [
    "null, as JSON has it, for what is absent",
    { segmentIds: ["a"], allSegments: null, schemaName: null, timeout: null },
  ],
  ["IDs that only begin like a segment's", { segmentIds: ["s_1", "sales_5bb7c94e80f0073611afb35", "s1_abc"] }],
  [
    "all arguments",
    {
      segmentIds: ["a"],
      sandbox: "dev",
      triggers: { release: 1, nested: { a: [null] } },
      waitForCompletion: true,
      timeout: "1h30m",
      retryFailed: true,
      deleteRecord: false,
    },
  ],
])("%s is in order", (_what, given) => {
  expect(lines(given)).toEqual([]);
});

test.each<[string, unknown, ...string[]]>([
  ["nothing", undefined, "segmentIds: found nothing, expected a list of audience IDs, or allSegments: true instead"],
  ["null", null, "segmentIds: found nothing, expected a list of audience IDs, or allSegments: true instead"],
  [
    "an empty list",
    { segmentIds: [] },
    "segmentIds: found an empty list, expected at least one audience ID; to run all, give allSegments: true instead",
  ],
  [
    "an audience twice",
    { segmentIds: ["a", "b", "a"] },
    'segmentIds[2]: found the string "a" a second time (also at segmentIds[0]); give each once',
  ],
  [
    "the sign for all",
    { segmentIds: ["*"] },
    'segmentIds[0]: found "*", which means all; give allSegments: true instead',
  ],
  [
    "a segment of Customer Journey Analytics, as the guide shows its ID",
    { segmentIds: ["7863c010-e092-41c8-ae5e-9e533186752e", "s300000022_5bb7c94e80f0073611afb35c"] },
    `segmentIds[1]: found the string "s300000022_5bb7c94e80f0073611afb35c", ${NO_AUDIENCE}`,
  ],
  [
    "a segment of Customer Journey Analytics, as live tenants answer its ID",
    { segmentIds: ["s53A16ACB5CC1D3760A495C99@AdobeOrg_64e7a5f0b1c2d3e4f5061728"] },
    `segmentIds[0]: found the string "s53A16ACB5CC1D3760A495C99@AdobeOrg_64e7a5f0b1c2d3e4f5061728", ${NO_AUDIENCE}`,
  ],
  ["one audience as text", { segmentIds: "a" }, 'segmentIds: found the string "a", expected a list of audience IDs'],
  [
    "entries that are no IDs",
    { segmentIds: [5, "b c", "", null] },
    "segmentIds[0]: found the number 5, expected the ID of an audience",
    'segmentIds[1]: found the string "b c", expected the ID of an audience, without spaces',
    'segmentIds[2]: found the string "", expected the ID of an audience, without spaces',
    "segmentIds[3]: found null, expected the ID of an audience",
  ],
  [
    "a list beside all",
    { segmentIds: ["a"], allSegments: true },
    "allSegments: found beside segmentIds; give one of the two",
  ],
  [
    "a schema beside a list",
    { segmentIds: ["a"], schemaName: "x" },
    'schemaName: found the string "x", which works only with allSegments: true; remove it, since listed audiences have schemas of their own',
  ],
  [
    "text as flag",
    { allSegments: "yes" },
    'allSegments: found the string "yes", expected true or false',
    "segmentIds: found nothing, expected a list of audience IDs, or allSegments: true instead",
  ],
  [
    "a sandbox with a blank",
    { allSegments: true, sandbox: "my dev" },
    'sandbox: found the string "my dev", expected the name of a sandbox, without spaces',
  ],
  [
    "a list as triggers",
    { allSegments: true, triggers: ["x"] },
    "triggers: found a list of 1, expected an object of names and values",
  ],
  ["a number as timeout", { allSegments: true, timeout: 30 }, `timeout: found the number 30, ${DURATION}`],
  [
    "a malformed timeout",
    { allSegments: true, timeout: "4 hours" },
    `timeout: found the string "4 hours", ${DURATION}`,
  ],
  ["a timeout of nothing", { allSegments: true, timeout: "0s" }, `timeout: found the string "0s", ${DURATION}`],
  ["a timeout too long", { allSegments: true, timeout: "25d" }, `timeout: found the string "25d", ${DURATION}`],
  [
    "a misspelt argument",
    { allSegments: true, waitForCompletoin: true },
    'waitForCompletoin: there is no such argument; did you mean "waitForCompletion"?',
  ],
  [
    "a number",
    5,
    'found the number 5 instead of the arguments, expected an object such as { segmentIds: ["…"] } or { allSegments: true }',
  ],
])("%s", (_what, given, ...expected) => {
  expect(new Set(lines(given))).toEqual(new Set(expected));
});

describe("the limit of a job", () => {
  const ids = (count: number) => Array.from({ length: count }, (_, i) => `audience-${i}`);

  test("is that of the guide", () => {
    expect(lines({ segmentIds: ids(DEFAULT_MAX_SEGMENTS) })).toEqual([]);
    expect(lines({ segmentIds: ids(DEFAULT_MAX_SEGMENTS + 1) })).toEqual([
      "segmentIds: found 1501 audiences, but a job takes at most 1500 (cja:maxSegmentsPerJob); split them over several jobs, or give allSegments: true",
    ]);
  });

  test("is a setting", () => {
    expect(lines({ segmentIds: ids(2) }, 2)).toEqual([]);
    expect(lines({ segmentIds: ids(3) }, 2)[0]).toContain(
      "found 3 audiences, but a job takes at most 2 (cja:maxSegmentsPerJob)",
    );
  });
});

describe("what is not known yet is skipped", () => {
  test.each([
    { segmentIds: UNKNOWN },
    { segmentIds: UNKNOWN, allSegments: true },
    { allSegments: UNKNOWN },
    { segmentIds: ["a"], allSegments: UNKNOWN },
    { segmentIds: [UNKNOWN, UNKNOWN] },
    { segmentIds: ["a"], schemaName: UNKNOWN },
    { segmentIds: ["a"], timeout: UNKNOWN, triggers: UNKNOWN, sandbox: UNKNOWN, waitForCompletion: UNKNOWN },
    { segmentIds: ["a"], triggers: { release: UNKNOWN } },
  ])("%p", (given) => {
    expect(lines(given)).toEqual([]);
  });

  test("what is known of a list is checked all the same", () => {
    expect(lines({ segmentIds: ["a", UNKNOWN, "a"], allSegments: UNKNOWN })).toEqual([
      'segmentIds[2]: found the string "a" a second time (also at segmentIds[0]); give each once',
    ]);
  });
});
