import axe from "axe-core";
import type { Browser } from "puppeteer-core";
import { jobsPage } from "../../cli/jobs/html/page";
import type { Job } from "../../provider/segment-job/job";
import { endChromium, hasChromium, startChromium } from "./chromium";
import { BIG, DAY, FIRST, newestFirst, run, SIX_DAYS } from "./jobs-history";
import { ReviewPage, type View } from "./review-page";

const pageOf = (jobs: readonly Job[], sandbox = "prod"): string =>
  jobsPage({ sandbox, jobs: newestFirst(jobs), now: FIRST + 6 * DAY });

/** 1,500 audiences in each of 100 runs. */
const many = (): Job[] => {
  const figures = (day: number) =>
    Object.fromEntries(
      Array.from({ length: 1_500 }, (_, index) => [
        `${String(index).padStart(8, "0")}-e092-41c8-ae5e-9e533186752e`,
        [BIG - index, day * 1_000_000, BIG - index] as const,
      ]),
    );
  return Array.from({ length: 100 }, (_, day) => run(day, figures(day)));
};

const HOSTILE = [
  '"><svg onload=alert(1)><script>alert(2)</script>',
  "</title></style></h3><img src=x onerror=alert(3)>",
  '\' autofocus onfocus=alert(4) style="display:none" x=" class="',
  "]]></style><link rel=stylesheet href=https://example.com/a.css>",
];

interface Mark {
  readonly fill: string;
  readonly top: number;
  readonly bottom: number;
}

(hasChromium ? describe : describe.skip)("the page of jobs", () => {
  let browser: Browser;
  beforeAll(async () => (browser = await startChromium()));
  afterAll(() => endChromium(browser));

  const titled = (title: string) =>
    `Array.from(document.querySelectorAll("figure")).find((figure) => figure.querySelector("h3").textContent === ${JSON.stringify(title)})`;
  /** The bars of a chart, from left to right; what is drawn otherwise has no fill of its own. */
  const bars = (page: ReviewPage, title: string, colour: string) =>
    page.ask<Mark[]>(`Array.from(${titled(title)}.querySelectorAll('path[fill="var(--${colour})"]'), (path) => {
      const { top, bottom } = path.getBoundingClientRect();
      return { fill: getComputedStyle(path).fill, top, bottom };
    })`);
  const heights = (marks: readonly Mark[]) => marks.map(({ top, bottom }) => bottom - top);
  /** Crosses and circles have a line and nothing within. */
  const signs = (page: ReviewPage, title: string) =>
    page.ask<number>(`${titled(title)}.querySelectorAll('path[fill="none"][stroke="var(--muted)"]').length`);
  const cells = (page: ReviewPage, title: string) =>
    page.ask<string[][]>(
      `Array.from(${titled(title)}.querySelectorAll("tbody tr"), (row) => Array.from(row.cells, (cell) => cell.textContent))`,
    );

  test("says nothing to the console and asks for nothing, without a script, too", async () => {
    for (const script of [true, false]) {
      const page = await ReviewPage.open(browser, pageOf(SIX_DAYS), { script });
      expect([page.said, page.asked]).toEqual([[], []]);
      expect(await page.ask("document.querySelectorAll('script, link, img, iframe, [style]').length")).toBe(0);
      expect(await page.ask("document.querySelectorAll('figure svg').length")).toBe(4);
      await page.page.click("figure summary");
      expect(await page.ask("document.querySelectorAll('details[open]').length")).toBe(1);
      await page.close();
    }
  });

  test("has a bar for each number, as high as it is large, and a sign where there is none", async () => {
    const page = await ReviewPage.open(browser, pageOf(SIX_DAYS));
    const [realised, exited] = [await bars(page, "large", "green"), await bars(page, "large", "red")];
    // Two days with profiles, and one with none of them: no bar for the run that failed, the one without it, and the one at work.
    expect([realised.length, exited.length]).toEqual([3, 3]);
    const [first = 0, second = 0, none = 9] = heights(realised);
    expect(first).toBeGreaterThan(50);
    expect(second / first).toBeCloseTo(1_500_000_000 / BIG, 1);
    expect(none).toBe(0);
    const [out = 0, less = 0] = heights(exited);
    expect(out / first).toBeCloseTo(1_000_000_000 / BIG, 1);
    expect(less / out).toBeCloseTo(0.5, 1);
    expect(Math.abs((realised[0]?.bottom ?? 0) - (exited[0]?.top ?? 9))).toBeLessThan(1);
    expect(await signs(page, "large")).toBe(2);
    // The one at work is not over it.
    expect(await signs(page, "small")).toBe(1);

    const small = heights(await bars(page, "small", "green"));
    expect(small.map((height) => Math.round((height / (small[0] ?? 1)) * 40))).toEqual([40, 20, 10, 5]);
    const took = heights(await bars(page, "Duration", "link"));
    expect(took.map((height) => Math.round((height / (took[1] ?? 1)) * 4))).toEqual([1, 4, 1, 1]);
    const hollow = `${titled("Duration")}.querySelectorAll('path[fill="none"][stroke="var(--red)"]').length`;
    expect([await page.ask(hollow), await signs(page, "Duration")]).toEqual([1, 1]);
    expect((await bars(page, "Status", "link")).length).toBe(3);
    await page.close();
  });

  test("has the numbers in full behind each chart, and in words in its place", async () => {
    const page = await ReviewPage.open(browser, pageOf(SIX_DAYS));
    expect(await cells(page, "large")).toEqual([
      ["2026-10-25 09:30", "PROCESSING", "–", "–", "–"],
      ["2026-10-24 09:30", "SUCCEEDED", "0", "0", "0"],
      ["2026-10-22 09:30", "FAILED", "–", "–", "–"],
      ["2026-10-21 09:30", "SUCCEEDED", "1,500,000,000", "500,000,000", "9"],
      ["2026-10-20 09:30", "SUCCEEDED", "3,000,000,017", "1,000,000,000", "3,000,000,017"],
    ]);
    expect((await cells(page, "small")).map(([made, status]) => [made?.slice(8, 10), status])).toEqual([
      ["24", "SUCCEEDED"],
      ["23", "SUCCEEDED"],
      ["22", "FAILED"],
      ["21", "SUCCEEDED"],
      ["20", "SUCCEEDED"],
    ]);
    const words = await page.ask<string[]>(
      "Array.from(document.querySelectorAll('[role=img]'), (chart) => chart.getAttribute('aria-label'))",
    );
    expect(words).toEqual([
      "Duration of 6 runs: the longest 4 h.",
      "Status of 6 runs: 4 SUCCEEDED, 1 FAILED, 1 PROCESSING.",
      "Realised and exited profiles of large over 5 runs: in the newest run that reports them, created 2026-10-24 09:30 UTC, 0 realised and 0 exited.",
      "Realised and exited profiles of small over 5 runs: in the newest run that reports them, created 2026-10-24 09:30 UTC, 5 realised and 5 exited.",
    ]);
    const runs =
      "Array.from(document.querySelectorAll('section > details tbody tr'), (row) => row.cells[1].textContent)";
    expect(await page.ask(runs)).toEqual([5, 4, 3, 2, 1, 0].map((day) => `job-${day}`));
    expect(await page.ask(runs.replace("row.cells[1]", "row.cells[7]"))).toEqual(
      [5, 4, 3, 2, 1, 0].map((day) => (day === 2 ? "8.0000018E7: Run out of memory <b>\\u0007" : "–")),
    );
    await page.close();
  });

  test("draws the twelve largest of 1,500 audiences, and lists the others, in less than 5 MB", async () => {
    const text = pageOf(many());
    expect(Buffer.byteLength(text)).toBeLessThan(5_000_000);
    const page = await ReviewPage.open(browser, text);
    expect(await page.ask("document.querySelectorAll('figure').length")).toBe(2 + 12);
    expect((await bars(page, "00000011-e092-41c8-ae5e-9e533186752e", "green")).length).toBe(100);
    const others = "Array.from(document.querySelectorAll('section > .scroll tbody tr'), (row) => row.textContent)";
    const listed = await page.ask<string[]>(others);
    expect(listed).toHaveLength(1_488);
    expect(listed[0]).toBe(
      "00000012-e092-41c8-ae5e-9e533186752e2027-01-27 09:303,000,000,00599,000,0003,000,000,005100",
    );
    await page.close();
  });

  const VIEWS: readonly View[] = [{}, { scheme: "dark" }, { width: 320 }, { scheme: "dark", width: 320 }];
  const OPEN_ALL = "document.querySelectorAll('details').forEach((fold) => (fold.open = true))";

  test.each(VIEWS)("axe finds nothing, and nothing sticks out: %j", async (view) => {
    for (const jobs of [SIX_DAYS, [], [run(0, { ["W".repeat(300)]: [1, 2, 3] })]]) {
      const page = await ReviewPage.open(browser, pageOf(jobs), view);
      await page.ask(OPEN_ALL);
      await page.page.evaluate(axe.source);
      const { violations } = await page.ask<{ violations: { id: string; nodes: { html: string }[] }[] }>("axe.run()");
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
      expect(await page.ask("document.documentElement.scrollWidth")).toBeLessThanOrEqual(view.width ?? 1280);
      await page.close();
    }
  });

  test("charts are as dark or light as the page, and dark on light on paper, with all numbers", async () => {
    const page = await ReviewPage.open(browser, pageOf(SIX_DAYS), { scheme: "dark", script: false });
    const colour = async () => (await bars(page, "large", "green"))[0]?.fill;
    const label = () => page.ask("getComputedStyle(document.querySelector('.chart text')).fill");
    expect([await colour(), await label()]).toEqual(["rgb(86, 211, 100)", "rgb(163, 171, 181)"]);
    await page.page.emulateMediaType("print");
    expect([await colour(), await label()]).toEqual(["rgb(17, 107, 43)", "rgb(87, 96, 106)"]);
    expect(await page.ask("document.querySelector('td').checkVisibility({ contentVisibilityAuto: true })")).toBe(true);
    await page.close();
  });

  test.each(HOSTILE)("a name that wants to be more stays a name: %s", async (text) => {
    const jobs = [run(0, { [text]: [2, 1, 2] }, { id: text, source: text }), run(1, undefined, { status: text })];
    const page = await ReviewPage.open(browser, pageOf(jobs, text));
    expect([page.said, page.asked]).toEqual([[], []]);
    const foreign = "script, link, img, [onload], [onerror], [autofocus], [style], svg [class], svg style";
    expect(await page.ask(`document.querySelectorAll(${JSON.stringify(foreign)}).length`)).toBe(0);
    expect(await page.ask("document.querySelectorAll('svg').length")).toBe(3);
    expect(await page.ask("document.title")).toBe(`Segment jobs of ${text}`);
    expect(await page.ask(`${titled(text)}.querySelector(".chart").getAttribute("aria-label")`)).toContain(
      ` of ${text} over`,
    );
    expect((await bars(page, text, "green")).length).toBe(1);
    await page.close();
  });

  test("the same jobs are the same page, and what is not told is no reason to fail", async () => {
    expect(pageOf(SIX_DAYS)).toBe(pageOf(SIX_DAYS));
    const bare: Job = { id: "bare", status: "SUCCEEDED", segmentIds: [] };
    const page = await ReviewPage.open(browser, pageOf([bare, { ...bare, creationTime: 9e18 }]));
    expect(await page.ask("document.body.innerText")).toContain("None of these runs reports profiles of an audience.");
    expect(page.said).toEqual([]);
    await page.close();
  });
});
