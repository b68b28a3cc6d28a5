import type { Dialect } from "../../../../provider/segment/dialect";
import { listQuery } from "../../../../provider/segment/dialect-forms";
import { parseSegment } from "../../../../provider/segment/answers";

const filter = { dataViewId: "dv_prod", include: "widest", page: 0, limit: 1000 } as const;
const DIALECTS: readonly (Dialect | undefined)[] = ["guide", "reference", undefined];

test.each(DIALECTS)(
  "dialect %s: a listing asks for tags where they are wanted, and for nothing else more",
  (dialect) => {
    const without = listQuery(filter, dialect);
    const asked = String(without["expansion"]);
    expect(asked.split(",")).not.toContain("tags");
    expect(listQuery({ ...filter, expand: ["tags"] }, dialect)).toEqual({ ...without, expansion: `${asked},tags` });
  },
);

test.each([
  [
    "objects",
    [
      { id: 1, name: "web", components: [] },
      { id: "2", name: "core" },
    ],
    ["web", "core"],
    [],
  ],
  ["texts", ["web"], ["web"], []],
  ["none", [], [], []],
  ["null", null, undefined, []],
  ["another shape", { name: "web" }, undefined, ["tags"]],
])("tags as %s", (_, tags, expected, complaints) => {
  const told: string[] = [];
  const segment = parseSegment({ id: "s1", tags }, (field) => void told.push(field));
  expect(segment?.tags).toEqual(expected);
  expect(told).toEqual(complaints);
});
