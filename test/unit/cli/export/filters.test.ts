import { parsePointInTime, selectSegments, type Filters } from "../../../../cli/export/filters";

const SEGMENTS = [
  { id: "s1", name: "Mobile visitors", tags: ["web", "core"], owner: { id: "7", name: "Jane", login: "jane@x.org" } },
  {
    id: "s2",
    name: "Buyers (50%)",
    tags: [],
    owner: { id: "ABC@AdobeID", name: "Bob" },
    modified: "2026-11-05T00:00:00Z",
  },
  { id: "s3", name: "a*b", modified: "2026-10-01T00:00:00Z" },
  { id: "s4", name: "line\nbreak 📱", modified: "2026-11-01T00:00:00Z" },
];

const ids = (filters: Partial<Filters>): string[] =>
  selectSegments(SEGMENTS, { names: [], ids: [], tags: [], owners: [], changedSince: undefined, ...filters }).map(
    ({ id }) => id,
  );

test.each<[string, Partial<Filters>, string[]]>([
  ["nothing", {}, ["s1", "s2", "s3", "s4"]],
  ["a name", { names: ["mobile*"] }, ["s1"]],
  ["names", { names: ["*VISITORS", "buyers (50%)"] }, ["s1", "s2"]],
  ["a star", { names: ["a\\*b"] }, ["s3"]],
  ["one character", { names: ["?\\*?"] }, ["s3"]],
  ["line breaks and emoji", { names: ["line?break ?"] }, ["s4"]],
  ["all names", { names: ["**"] }, ["s1", "s2", "s3", "s4"]],
  ["IDs", { ids: ["s3", "s1"] }, ["s1", "s3"]],
  ["a tag", { tags: ["Web"] }, ["s1"]],
  ["an owner's name", { owners: ["jane"] }, ["s1"]],
  ["an owner's login", { owners: ["jane@x.org"] }, ["s1"]],
  ["owners' IDs", { owners: ["7", "abc@AdobeID"] }, ["s1", "s2"]],
  ["a time, without which a segment counts as changed", { changedSince: Date.parse("2026-11-01") }, ["s1", "s2", "s4"]],
  ["several", { names: ["*"], tags: ["core"], owners: ["Bob", "Jane"] }, ["s1"]],
])("%s", (_, filters, expected) => {
  expect(ids(filters)).toEqual(expected);
});

test("what fits nothing says what there is, for all filters at once", () => {
  expect(() => ids({ names: ["x*", "Mobile*"], tags: ["other"], ids: ["s9"] })).toThrow(
    [
      '--name "x*" matches none of 4 segments; there are "Buyers (50%)", "Mobile visitors", "a*b", "line\\nbreak 📱"',
      '--id "s9" matches none of 4 segments; there are "s1", "s2", "s3", "s4"',
      '--tag "other" matches none of 4 segments; there are "core", "web"',
    ].join("\n"),
  );
  expect(() =>
    selectSegments(SEGMENTS.slice(2), { names: [], ids: [], tags: ["x"], owners: [], changedSince: 0 }),
  ).toThrow('--tag "x" matches none of 2 segments; none of them has any');
  expect(() =>
    selectSegments(SEGMENTS.slice(2), {
      names: [],
      ids: [],
      tags: [],
      owners: [],
      changedSince: Date.parse("2027-01-01"),
    }),
  ).toThrow(
    '--changed-since "2027-01-01T00:00:00.000Z" matches none of 2 segments; the last change was "2026-11-01T00:00:00Z"',
  );
  expect(() => ids({ tags: ["web"], owners: ["Bob"] })).toThrow(
    'of 4 segments matches all filters: --tag "web" fits 1, --owner "Bob" fits 1',
  );
});

test.each([
  ["2026-11-05", Date.UTC(2026, 10, 5)],
  ["2026-11-05T09:30:00Z", Date.UTC(2026, 10, 5, 9, 30)],
  ["2026-11-05T09:30+02:00", Date.UTC(2026, 10, 5, 7, 30)],
  ["36h", -36 * 3_600_000],
  ["30d", -30 * 86_400_000],
  ["2w", -14 * 86_400_000],
  ["yesterday", undefined],
  ["2026-13-40", undefined],
  ["5", undefined],
  ["", undefined],
])("the time %j", (text, expected) => {
  expect(parsePointInTime(text, 0)).toBe(expected);
});
