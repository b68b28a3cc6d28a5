import type { Browser } from "puppeteer-core";
import { html } from "../../cli/review/html/html";
import { changedSegment, manyChanges, newSegment, recorded, reportFrom, reportWithSizes, withWords } from "./previews";
import { ReviewPage, type View } from "./review-page";

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const leaf = { func: "streq", str: "Home", val: { func: "attr", name: "variables/page" } };
const nested = (levels: number): object =>
  levels === 0
    ? { func: "and", preds: [leaf, leaf] }
    : { func: levels % 2 === 0 ? "and" : "or", preds: [leaf, nested(levels - 1)] };
const around = (pred: object): object => ({
  func: "segment",
  version: [1, 0, 0],
  container: { func: "container", context: "hits", pred },
});
const deep = newSegment("Deep", around(nested(40)));
/** The first line that goes takes several lines of the screen, the one that comes instead does not. */
const uneven = changedSegment(
  "Uneven",
  around({ func: "or", preds: [{ ...leaf, str: "long ".repeat(60) }, leaf] }),
  around({ func: "or", preds: [{ ...leaf, str: "short" }, leaf] }),
);

export const layout = (browser: () => Browser) =>
  describe("how the page lies on a screen", () => {
    const boxes = (page: ReviewPage, selector: string): Promise<Box[]> =>
      page.ask(`Array.from(document.querySelectorAll(${JSON.stringify(selector)}), (element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      return { left, right, top, bottom };
    })`);

    const LONG = "W".repeat(300);
    const PAGES: readonly (readonly [string, string])[] = [
      ["of each kind of change", html(reportFrom(recorded("every-kind"), recorded("failed"), "{"))],
      [
        "with words that do not break",
        html(reportFrom(withWords("every-kind", LONG), withWords("failed", LONG), LONG)),
      ],
      ["with boxes forty levels deep", html(reportFrom(deep))],
      ["with sizes", html(reportWithSizes(manyChanges(4)))],
    ];

    test.each([
      { width: 320, scheme: "light" },
      { width: 320, scheme: "dark" },
      { width: 1280, scheme: "dark" },
    ] as const)("bars are as long as their numbers of persons, and are seen: %j", async (view) => {
      const page = await ReviewPage.open(browser(), html(reportWithSizes(manyChanges(1))), view);
      const bars = await page.ask<{ room: number; share: number; height: number; fills: string[] }[]>(
        `Array.from(document.querySelectorAll(".size .bar"), (bar) => {
          const [room, share] = Array.from(bar.querySelectorAll("rect"), (rect) => rect.getBoundingClientRect());
          const fills = Array.from(bar.querySelectorAll("rect"), (rect) => getComputedStyle(rect).fill);
          return { room: room.width, share: share.width, height: room.height, fills };
        })`,
      );
      expect(bars.map(({ room, share }) => Math.round((share / room) * 10_012))).toEqual(
        [4210, 3020, 10_012].map((persons) => expect.closeTo(persons, -1) as number),
      );
      expect(bars.every(({ room, height, fills }) => room > 150 && height > 5 && fills[0] !== fills[1])).toBe(true);
      await page.close();
    });

    test.each([320, 640, 1280].flatMap((width) => PAGES.map(([name, page]) => [width, name, page] as const)))(
      "at %i px nothing sticks out of a page %s",
      async (width, _, report) => {
        const page = await ReviewPage.open(browser(), report, { width });
        await page.page.click("#open, .entry summary");
        await page.ask("document.querySelectorAll('details').forEach((fold) => (fold.open = true))");
        expect(await page.ask("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        const texts = await boxes(page, "bdi:not(.unseen *), .text, h2, h4, .where, button, input");
        expect(texts.filter(({ left, right }) => left < 0 || right > width)).toEqual([]);
        await page.close();
      },
    );

    test("boxes lie in boxes, whatever their depth, and leave room for words", async () => {
      const page = await ReviewPage.open(browser(), html(reportFrom(deep)), { width: 320 });
      await page.ask("document.querySelectorAll('details').forEach((fold) => (fold.open = true))");
      const widths = (await boxes(page, ".box")).map(({ left, right }) => right - left);
      expect(widths.length).toBeGreaterThan(80);
      expect(Math.min(...widths)).toBeGreaterThan(150);
      await page.close();
    });

    const opened = async (view: View): Promise<ReviewPage> => {
      const page = await ReviewPage.open(browser(), html(reportFrom(recorded("every-kind"))), view);
      await page.ask("document.querySelectorAll('details').forEach((fold) => (fold.open = true))");
      return page;
    };

    test("at 1280 px before and after lie beside each other, and each line beside its other", async () => {
      const page = await opened({ width: 1280 });
      for (const kind of [".sides", ".figures"]) {
        const labels = await boxes(page, `${kind} .label`);
        expect(labels.length).toBeGreaterThan(3);
        labels.forEach(({ top, right }, index) => {
          const after = labels[index + 1];
          if (index % 2 === 1 || !after) return;
          expect(after.top).toBe(top);
          expect(after.left).toBeGreaterThanOrEqual(right);
        });
      }
      await page.close();
      for (const preview of [recorded("every-kind"), uneven]) {
        const lines = await ReviewPage.open(browser(), html(reportFrom(preview)), { width: 1280 });
        const [before, after] = [await boxes(lines, ".before > *"), await boxes(lines, ".after > *")];
        expect(before.length).toBeGreaterThan(3);
        expect(before.map(({ top }) => top)).toEqual(after.map(({ top }) => top));
        await lines.close();
      }
    });

    test("at 320 px they are stacked, and no place is kept free", async () => {
      const page = await opened({ width: 320 });
      for (const kind of [".sides", ".figures"]) {
        const labels = await boxes(page, `${kind} .label`);
        labels.forEach(({ bottom, left }, index) => {
          const after = labels[index + 1];
          if (index % 2 === 1 || !after) return;
          expect(after.top).toBeGreaterThanOrEqual(bottom);
          expect(after.left).toBe(left);
        });
      }
      expect((await boxes(page, ".filler")).every(({ top, bottom }) => top === bottom)).toBe(true);
      await page.close();
    });

    test("an arrow leads from each step of a sequence to the next", async () => {
      const page = await opened({});
      const arrows = await page.ask<string[]>(
        "Array.from(document.querySelectorAll('.steps > .box'), (box) => getComputedStyle(box, '::before').content[1])",
      );
      expect(arrows.filter((arrow) => arrow === "↓").length).toBeGreaterThan(3);
      await page.close();
    });

    test("without a script all of it can be read and opened, and nothing is offered that would do nothing", async () => {
      const page = await ReviewPage.open(browser(), html(reportFrom(manyChanges(30))), { script: false });
      expect(await page.ask("document.getElementById('tools').checkVisibility()")).toBe(false);
      const line = "document.querySelector('.sides ins').checkVisibility({ contentVisibilityAuto: true })";
      expect(await page.ask(line)).toBe(false);
      await page.page.click("main summary");
      expect(await page.comesTrue(line)).toBe(true);
      await page.close();
    });

    test("on paper all of it is open and dark on light, also without a script", async () => {
      const page = await ReviewPage.open(browser(), html(reportFrom(manyChanges(30))), {
        script: false,
        scheme: "dark",
      });
      await page.page.emulateMediaType("print");
      const line = "document.querySelector('.sides ins').checkVisibility({ contentVisibilityAuto: true })";
      expect(await page.comesTrue(line)).toBe(true);
      expect(await page.ask("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
      expect((await boxes(page, ".boxes")).every(({ top, bottom }) => bottom > top)).toBe(true);
      await page.close();
    });
  });
