import { html } from "../../../../cli/review/html/html";
import { markdown } from "../../../../cli/review/markdown/markdown";
import { createReport } from "../../../../cli/review/report/create-report";
import { plainText } from "../../../../cli/review/text";
import { exitStatus } from "../../../../cli/review/report/gates";
import { planned, segmentOf, type PlannedStep } from "./plan";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "[secret]" };
const ANALYSTS = { to: "group", id: "812345678" };
const JANE = { to: "user", id: "5B02@company.example" };
const EDITORS = { to: "group", id: "7" };
const ALL = { to: "all" };

const reading = (...steps: readonly PlannedStep[]) => createReport([{ name: "p.json", text: planned(steps) }]);

/** What each view says of the fields. */
function told(...steps: readonly PlannedStep[]) {
  const report = reading(...steps);
  const [stack] = report.stacks;
  const text = html(report)
    .replace(/<span class="(?:sign|unseen)"[^>]*>[^<]*<\/span>/g, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");
  return {
    report,
    fields: (stack?.segments[0] ?? stack?.drift[0])?.fields,
    markdown: markdown(report).match(/^- .*$/gm) ?? [],
    text: plainText(report).match(/^ {2}(?:tags|shares|deletionPolicy): .*$/gm) ?? [],
    alerts: [...markdown(report).matchAll(/^> \*\*(.*?)\*\*(.*)$/gm)].map(([, first, rest]) => `${first}${rest}`),
    html: text,
  };
}
const updating = (before: object, after: object, more: Partial<PlannedStep> = {}) =>
  told({ op: "update", before: segmentOf("a", before), after: segmentOf("a", after), ...more });

test("tags that come and go", () => {
  const found = updating({ tags: ["web", "a"] }, { tags: ["mobile", "a"] });
  expect(found.fields).toEqual([
    {
      field: "tags",
      before: '["web","a"]',
      after: '["mobile","a"]',
      list: {
        managed: "still",
        entries: [
          { is: "added", text: "mobile" },
          { is: "removed", text: "web" },
        ],
      },
    },
  ]);
  expect(found.markdown).toEqual(["- tags: + `mobile`, − `web`"]);
  expect(found.text).toEqual(['  tags: + "mobile", − "web"']);
  expect(found.html).toContain(" tags web mobile ");
  expect(found.alerts).toEqual([]);
  expect(updating({ tags: ["web", "a"] }, { tags: ["a", "web"] }).fields).toEqual([]);
});

test("who gains access, and who loses it", () => {
  const found = updating({ shares: [JANE] }, { shares: [ANALYSTS] });
  expect(found.markdown).toEqual([
    "- shares: + `group 812345678` gains access, − `user 5B02@company.example` loses access",
  ]);
  expect(found.text).toEqual([
    '  shares: + "group 812345678" gains access, − "user 5B02@company.example" loses access',
  ]);
  expect(found.html).toContain(" user 5B02@company.example loses access ");
  expect(found.html).toContain(" group 812345678 gains access ");
  expect(found.alerts).toEqual(["Somebody loses access to 1 segment."]);
  expect(found.fields?.[0]).toMatchObject({ before: '["user 5B02@company.example"]' });
});

test("nobody loses access to what everybody has", () => {
  const found = updating({ shares: [JANE, ANALYSTS] }, { shares: [ANALYSTS, ALL] });
  expect(found.markdown).toEqual([
    "- shares: + `all users of the organisation` gains access, ~ `user 5B02@company.example: no longer named, has access like everybody`",
  ]);
  expect(found.alerts).toEqual(["1 segment will be shared with everybody in the organisation."]);
});

test.each<readonly [string, object[], object[], string]>([
  ["given", [ANALYSTS], [{ ...ANALYSTS, access: "edit" }], "access the service's default → edit"],
  ["changed", [{ ...ANALYSTS, access: "edit" }], [{ ...ANALYSTS, access: "view" }], "access edit → view"],
  ["taken out", [{ ...ANALYSTS, access: "edit" }], [ANALYSTS], "access edit → the service's default"],
])("an access that is %s is no loss", (_, before, after, words) => {
  const found = updating({ shares: before }, { shares: after });
  expect(found.markdown).toEqual([`- shares: ~ \`group 812345678: ${words}\``]);
  expect(found.alerts).toEqual([]);
});

describe("what is managed, and was not", () => {
  test("others go", () => {
    const found = updating({}, { tags: ["a"], shares: [{ ...ANALYSTS, access: "view" }] });
    expect(found.markdown).toEqual([
      "- tags: `a`: managed from now on, all others are removed",
      "- shares: `group 812345678 (access view)`: managed from now on, whoever else has access loses it",
    ]);
    expect(found.text).toContain('  tags: "a": managed from now on, all others are removed');
    expect(found.html).toContain("managed from now on, whoever else has access loses it");
    expect(found.alerts).toEqual([
      expect.stringMatching(/^Whoever is not listed loses access to 1 segment: the program now manages the shares/),
    ]);
  });

  test("none at all", () => {
    expect(updating({}, { tags: [], shares: [] }).markdown).toEqual([
      "- tags: none: managed from now on, all existing ones are removed",
      "- shares: none: managed from now on, whoever has access loses it",
    ]);
  });

  test("what is taken over was not", () => {
    const found = told({ op: "create", after: segmentOf("a", { adoptId: "s9", shares: [ALL] }) });
    expect(found.markdown).toEqual(["- shares: `all users of the organisation`: managed from now on"]);
    expect(found.alerts).toEqual(["1 segment will be shared with everybody in the organisation."]);
  });

  test("what a deployment could not do was not either", () => {
    const before = segmentOf("a", { tags: ["a"] });
    const step = { op: "update", before, after: before };
    const plan = JSON.parse(planned([step])) as { steps: { oldState?: { outputs: { tags?: unknown } } }[] };
    delete plan.steps[1]?.oldState?.outputs.tags;
    const [stack] = createReport([{ name: "p.json", text: JSON.stringify(plan) }]).stacks;
    expect(stack?.segments[0]?.fields).toMatchObject([{ field: "tags", list: { managed: "begins" } }]);
  });
});

test("what is no longer managed stays as it is, unless another segment is made", () => {
  const before = { tags: ["a"], shares: [JANE] };
  const found = updating(before, {});
  expect(found.markdown).toEqual([
    "- tags: no longer managed, stays as it is",
    "- shares: no longer managed, stays as it is",
  ]);
  expect(found.html).toContain("tags no longer managed, stays as it is");
  expect(found.alerts).toEqual([]);
  const replaced = updating(before, { dataViewId: "dv_2" }, { op: "replace" });
  expect(replaced.markdown).toContain("- shares: no longer managed, the new segment has none");
});

test("a new segment has what the program says, and one that goes is told by its name", () => {
  const made = segmentOf("a", { tags: ["a"], shares: [ALL], deletionPolicy: "refuseIfUsed" });
  const found = told({ op: "create", after: made });
  expect(found.markdown).toEqual([
    "- deletionPolicy: `refuseIfUsed`",
    "- tags: + `a`",
    "- shares: + `all users of the organisation` gains access",
  ]);
  expect(found.alerts).toEqual(["1 segment will be shared with everybody in the organisation."]);
  expect(told({ op: "create", after: segmentOf("a", { tags: [], shares: [] }) }).fields).toEqual([]);
  expect(told({ op: "delete", before: made }).fields).toEqual([]);
});

describe("what cannot be told", () => {
  const all = (before: object, after: object, ...differs: readonly string[]) => updating(before, after, { differs });

  test("known after up", () => {
    expect(all({ tags: ["a"], shares: [JANE] }, { tags: UNKNOWN, shares: UNKNOWN }).markdown).toEqual([
      '- tags: ~~`["a"]`~~ → `(known after up)`',
      '- shares: ~~`["user 5B02@company.example"]`~~ → `(known after up)`',
    ]);
    expect(all({}, { tags: UNKNOWN }).markdown).toEqual([
      "- tags: `(known after up)`: managed from now on, all others are removed",
    ]);
    expect(all({ shares: [] }, { shares: [{ to: "group", id: UNKNOWN }] }).markdown).toEqual([
      "- shares: + `group (known after up)` gains access",
    ]);
    expect(told({ op: "create", after: segmentOf("a", { tags: UNKNOWN }) }).markdown).toEqual([
      "- tags: `(known after up)`",
    ]);
  });

  test("secrets", () => {
    expect(all({ tags: SECRET }, { tags: SECRET }, "tags").markdown).toEqual([
      "- tags: ~~`(secret)`~~ → `(secret, another value)`",
    ]);
    const one = { shares: [{ to: "group", id: SECRET }] };
    expect(all(one, one, "shares[0].id").markdown).toEqual(["- shares: ~ `(secret, another value)`"]);
    expect(all(one, one, "name").markdown).toEqual([]);
    expect(all({ tags: SECRET }, {}, "tags").markdown).toEqual(["- tags: no longer managed, stays as it is"]);
  });
});

test("hostile words are shown, and are no markup", () => {
  const tags = ["`x` @here\n# no", "<b>", "a, − b", "\u202eturned", '"'];
  const found = updating({ tags: [] }, { tags, shares: [{ to: "user", id: "<i>`" }] });
  expect(found.markdown).toEqual([
    '- tags: + `` `x` @here\\n# no ``, + `<b>`, + `a, − b`, + `\\u202eturned`, + `"`',
    expect.stringMatching(/^- shares: `` user <i>` ``: managed/),
  ]);
  expect(found.text[0]).toBe('  tags: + "`x` @here\\n# no", + "<b>", + "a, − b", + "\\u202eturned", + "\\""');
  expect(html(found.report)).toContain("<bdi>&lt;b&gt;</bdi>");
  expect(html(found.report)).not.toMatch(/<b>|<i>|\u202e/);
});

describe("changed in the UI", () => {
  const deployed = segmentOf("a", { tags: ["web"], shares: [JANE, ANALYSTS] });
  const found = segmentOf("a", { tags: ["web", "new"], shares: [{ ...JANE, access: "edit" }, EDITORS] });

  test("what there is now, and who has lost it", () => {
    const steps = [
      { op: "refresh", before: deployed, after: found },
      { op: "update", before: found, after: deployed },
    ];
    const { fields, markdown: lines, text, alerts, html: page } = told(...steps);
    expect(fields?.map(({ field }) => field)).toEqual(["tags", "shares"]);
    expect(lines).toEqual([
      "- tags: + `new`",
      "- shares: + `group 7` has access now, − `group 812345678` has lost access",
    ]);
    expect(text[1]).toContain('− "group 812345678" has lost access');
    expect(page).toContain("group 812345678 has lost access");
    expect(alerts).toEqual(["1 edit made elsewhere would be undone."]);
  });

  test("found by a refresh alone", () => {
    const text = planned([{ op: "update", before: deployed, after: found }]).replace('"op":"same"', '"op":"refresh"');
    const report = createReport([{ name: "p.json", text }]);
    expect(report.stacks[0]?.drift[0]?.fields).toHaveLength(2);
    expect(plainText(report)).toContain('  tags: + "new"\n');
  });
});

describe("deletionPolicy", () => {
  test("a change of it, and none where it is said that it is as it would be", () => {
    expect(updating({}, { deletionPolicy: "retain" }).markdown).toEqual(["- deletionPolicy: ~~`delete`~~ → `retain`"]);
    expect(updating({ deletionPolicy: "refuseIfUsed" }, {}).text).toEqual(["  deletionPolicy: refuseIfUsed → delete"]);
    expect(updating({}, { deletionPolicy: "delete" }).fields).toEqual([]);
  });

  test("retain: it leaves the stack, and stays", () => {
    const report = reading({ op: "delete", before: segmentOf("Old", { deletionPolicy: "retain" }) });
    expect(report.stacks[0]?.counts).toMatchObject({ forget: 1, delete: 0 });
    expect(exitStatus(report)).toBe(2);
    for (const view of [markdown(report), plainText(report), html(report)]) {
      expect(view).toContain("It stays in Customer Journey Analytics, and whatever uses it keeps working");
      expect(view).not.toMatch(/loses|to delete/);
    }
    expect(plainText(report)).toContain('only stops managing it (deletionPolicy "retain").');
  });

  test("retain: what is replaced stays beside the new one", () => {
    const [before, after] = [segmentOf("a", { deletionPolicy: "retain" }), segmentOf("a", { dataViewId: "dv_2" })];
    const report = reading({ op: "replace", before, after });
    expect(plainText(report)).toContain(
      'the old one stays in Customer Journey Analytics (deletionPolicy "retain"): projects, filters, audiences and jobs',
    );
    // The one of the new program counts from its own deployment on.
    const first = reading({ op: "replace", before: after, after: before });
    expect(plainText(first)).toContain("the old one is deleted: projects");
  });

  test("refuseIfUsed: it is deleted only if nothing uses it", () => {
    const before = segmentOf("a", { deletionPolicy: "refuseIfUsed" });
    const gone = reading({ op: "delete", before });
    expect(exitStatus(gone)).toBe(3);
    for (const view of [markdown(gone), plainText(gone), html(gone)]) {
      expect(view).toContain(
        "This review did not check what uses it (pulumi-cja review --ask does). If anything uses it, or Adobe does not say, the deletion will be refused",
      );
      expect(view).not.toContain("audiences) loses it");
    }
    const replaced = reading({ op: "replace", before, after: segmentOf("a", { dataViewId: "dv_2" }) });
    expect(plainText(replaced)).toContain(
      'If anything uses the old one, or Adobe does not say, up fails before it creates anything (deletionPolicy "refuseIfUsed").',
    );
  });

  test("retainOnDelete is the engine's, and comes first", () => {
    const before = segmentOf("a", { deletionPolicy: "refuseIfUsed" });
    expect(plainText(reading({ op: "delete", before, retainOnDelete: true }))).toContain("(retainOnDelete)");
    const moved = segmentOf("a", { dataViewId: "dv_2" });
    const replaced = plainText(reading({ op: "replace", before, after: moved, retainOnDelete: true }));
    expect(replaced).toContain("the old one is kept at Adobe (retainOnDelete)");
    expect(replaced).not.toContain("up fails");
  });
});
