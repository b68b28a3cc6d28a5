import { fc, samples } from "../../../properties";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { reviewCommand } from "../../../../cli/review/command";
import { html } from "../../../../cli/review/html/html";
import { markdown } from "../../../../cli/review/markdown/markdown";
import { createReport } from "../../../../cli/review/report/create-report";
import { manyChanges, newSegment, recorded, reportFrom, withWords } from "../../../browser/previews";

/** What a reader reads, line by line, without what is only read out. */
function textOf(page: string): string {
  const main = /<main[^>]*>(.*)<\/main>/s.exec(page)?.[1] ?? "";
  return main
    .replace(/<span class="unseen">.*?<\/span>/g, "")
    .replace(/<\/(h[1-3]|p|li|dt|dd|summary|div)>/g, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(lt|gt|amp|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? "")
    .replace(/\n\s*/g, "\n");
}
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'" };
const text = (...previews: readonly string[]): string => textOf(html(reportFrom(...previews)));
/** The part under a heading. */
const part = (page: string, title: string): string =>
  new RegExp(`\\n${title}\\n(.*?)(\\n(${TITLES.join("|")})\\n|$)`, "s").exec(page)?.[1] ?? "";
const TITLES = [
  "Segment jobs that will run",
  "Changed elsewhere since the last deployment",
  "Segments",
  "Other segment jobs",
  "Other resources",
];

describe("what the page of a stack says", () => {
  const page = text(recorded("every-kind"));

  test("the stack, what is done to how many, and what nobody may miss", () => {
    expect(page).toMatch(/^\s*What pulumi up would do in web\/prod\n2 jobs will run, 1 to delete, /);
    expect(page).toContain("Important 2 segment jobs will run. Each run counts against your contract's quota");
    expect(page).toContain("Warning What is deleted or replaced loses its ID");
    expect(page).toContain("made elsewhere would be undone.");
  });

  test("the parts, in the order of the comment", () => {
    const found = page.split("\n").filter((line) => TITLES.includes(line));
    expect(found).toEqual(TITLES);
  });

  test("runs, over what, where and why", () => {
    const runs = part(page, "Segment jobs that will run");
    expect(runs).toMatch(/Runs nightly over 2 segments: [^\n]*, in the sandbox prod/);
    expect(runs).toContain('trigger "release" changes from "2026-10" to "2026-11"');
    expect(runs).toMatch(/Runs release over 1 segment: /);
    expect(runs).toContain("it is new");
  });

  test("edits made elsewhere, and what becomes of them", () => {
    const drift = part(page, "Changed elsewhere since the last deployment");
    expect(drift).toContain("Changed elsewhere Mobile visitors in Development (dv_dev) (mobile): this up undoes it");
    expect(drift).toContain("name\n−Mobile visitors\n+Mobile (do not touch)");
    expect(drift).toContain('−Persons where device_type is "Phone"');
    expect(drift).toContain('+Persons where device_type is "Television"');
  });

  test("segments: name, data view, place, notes, fields, definition and verdict", () => {
    const segments = part(page, "Segments");
    expect(segments).toContain("Changed Funnel in Development (dv_dev) (funnel)");
    expect(segments).toContain("Changed Very important in Development (dv_dev) (vip, protected)");
    expect(segments).toContain("New readers on Phone in Development (dv_dev) (readers-phone in acme:web:Audience)");
    expect(segments).toMatch(/A new segment with a new ID is created.* ID: s300000022_\w+\./);
    expect(segments).toContain("dataViewId\n−Development (dv_dev)\n+dv_stage");
    expect(segments).toContain("description\nCame back within a week");
    expect(segments).toContain("Adobe accepted the definition in this preview.");
  });

  test("a changed definition: before, then after; a new one: the sentence", () => {
    const segments = part(page, "Segments");
    expect(segments).toContain(
      [
        "Before",
        "Persons where these steps happen in order:",
        'first, Events where page is "Home"',
        '−then, within 3 days, Events where page is "Cart"',
        '−then, within 3 days, Events where page is "Thanks"',
        "After",
        "Persons where these steps happen in order:",
        'first, Events where page is "Home"',
        '+then, within 1 day, Events where page is "Offer"',
        '+then, within 1 day, Events where page is "Cart"',
        '+then, within 1 day, Events where page is "Thanks"',
      ].join("\n"),
    );
    expect(segments).toMatch(/New Returning .*\n.*\n.*\nPersons where these steps happen in order:\nfirst, Events/);
  });

  test("jobs that do not run, and what is neither segment nor job", () => {
    expect(part(page, "Other segment jobs")).toMatch(
      /Is cancelled if still active every over all segments.*sandbox dev/,
    );
    expect(part(page, "Other resources")).toContain("created readers acme:web:Audience");
  });

  test("why a preview failed, line by line", () => {
    const failed = text(recorded("failed"));
    expect(failed).toContain("Caution The preview failed, and so would pulumi up.");
    expect(failed).toContain('definition.container.context: found "people", use "visitors"');
  });

  test("what could not be read", () => {
    expect(text("{")).toContain("preview-0.json: the JSON ends early: the preview did not finish");
    expect(textOf(html({ stacks: [], unreadable: [] }))).toContain("There was no preview to review.");
  });

  test("every word of the comment", () => {
    const wordsOf = (said: string) => said.match(/[\p{L}\p{N}_]+/gu) ?? [];
    for (const preview of [recorded("every-kind"), recorded("failed"), manyChanges(3), "{}", "{"]) {
      const comment = markdown(reportFrom(preview))
        .replace(/<details>.*?<\/details>/gs, "")
        .replace(/^```\w*$/gm, "")
        .replace(/^_|_$/gm, "");
      const shown = new Set(wordsOf(text(preview).toLowerCase()));
      expect(wordsOf(comment.toLowerCase()).filter((word) => !shown.has(word))).toEqual([]);
    }
  });

  test("what was found where nothing is planned", () => {
    const { steps } = JSON.parse(recorded("every-kind")) as { steps: { op: string; urn: string }[] };
    const stack = { op: "refresh", urn: "urn:pulumi:prod::web::pulumi:pulumi:Stack::web-prod" };
    const found = steps.filter(({ op, urn }) => op === "update" && urn.endsWith("::funnel"));
    const page = text(JSON.stringify({ steps: [stack, ...found] }));
    expect(page).toMatch(/^\s*Changed elsewhere in web\/prod\n/);
    expect(page).toContain("Funnel in Development (dv_dev) (funnel): pulumi up --refresh would undo it");
    expect(text(JSON.stringify({ steps: [stack] }))).toMatch(/^\s*No drift in web\/prod\n/);
  });

  test("names of IDs, where they are given", () => {
    const options = { names: { "variables/page": "Page", "variables/device_type": "Device" } };
    const named = textOf(html(createReport([{ name: "x", text: recorded("every-kind") }], options), options));
    expect(named).toContain('+then, within 1 day, Events where Page is "Offer"');
    expect(named).not.toMatch(/where page|device_type/);
  });
});

describe("the page's text", () => {
  test("is the same for the same report, byte for byte, and for as many reports as one likes", () => {
    const [first, again] = [1, 2].map(() => html(reportFrom(recorded("every-kind"), recorded("failed"))));
    expect(first).toBe(again);
  });

  test("asks for nothing from anywhere", () => {
    expect(html(reportFrom(recorded("every-kind")))).not.toMatch(
      /https?:|\ssrc=|url\(|@import|<link|\sstyle=|\son\w+=/,
    );
  });

  test("has each ID once, and every link leads to one", () => {
    const page = html(reportFrom(recorded("every-kind"), recorded("every-kind"), recorded("failed")));
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id);
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test("has the same elements, whatever words people choose", () => {
    const elements = (page: string) => page.match(/<(?!\/?(?:bdi|em)>)[^>]*>/g);
    const usual = elements(html(reportFrom(withWords("every-kind", "x"))));
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: fc.constantFrom(..."<>&\"'`/=!-$\\{ }abc", "script", "bdi", "&lt;", "\u202e", "\ud83d") }),
    );
    const words = hostile.filter((text) => text !== "" && !/::|\$/.test(text));
    fc.assert(
      fc.property(words, (text) => {
        expect(elements(html(reportFrom(withWords("every-kind", text))))).toEqual(usual);
      }),
      { numRuns: samples(60) },
    );
  });

  test("folds what is long: from 21 entries on", () => {
    const open = (count: number) => html(reportFrom(manyChanges(count))).match(/<details open>/g)?.length ?? 0;
    expect([open(20), open(21), open(300)]).toEqual([20, 0, 0]);
  });

  test("offers no tools and no contents where there is nothing to go through", () => {
    expect(html(reportFrom(manyChanges(1)))).not.toMatch(/id="tools"|<nav/);
  });
});

describe("pulumi-cja review --html", () => {
  test("writes the page beside what is printed", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-html-"));
    const file = join(folder, "review.html");
    let out = "";
    const command = reviewCommand({
      write: (text) => void (out += text),
      log: () => undefined,
      standardInput: async () => recorded("every-kind"),
      environment: {},
      exit: () => undefined,
    });
    await command.parseAsync(["--html", file], { from: "user" });
    expect(out).toContain("### Segment jobs that will run");
    expect(readFileSync(file, "utf8")).toBe(html(reportFrom(recorded("every-kind"))));
    rmSync(folder, { recursive: true });
  });
});

test("a definition with very many conditions is drawn in part, and says so", () => {
  const leaf = { func: "streq", str: "Home", val: { func: "attr", name: "variables/page" } };
  const pred = { func: "or", preds: Array.from({ length: 1000 }, () => leaf) };
  const wide = { func: "segment", version: [1, 0, 0], container: { func: "container", context: "hits", pred } };
  const page = text(newSegment("Wide", wide));
  expect(page).toContain("and 601 more that are not drawn");
});
