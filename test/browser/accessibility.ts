import axe from "axe-core";
import type { Browser } from "puppeteer-core";
import { html } from "../../cli/review/html/html";
import { manyChanges, recorded, reportFrom, reportWithSizes, withWords } from "./previews";
import { ReviewPage, type View } from "./review-page";

const everything = () => html(reportFrom(recorded("every-kind"), recorded("failed"), "{"));

export const accessibility = (browser: () => Browser) =>
  describe("who can read the page", () => {
    const violations = async (page: ReviewPage): Promise<string[]> => {
      await page.page.evaluate(axe.source);
      const found = await page.ask<{
        violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
      }>("axe.run()");
      return found.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html}: ${failureSummary}`),
      );
    };

    const VIEWS: readonly View[] = [
      { scheme: "light" },
      { scheme: "dark" },
      { scheme: "light", width: 320 },
      { scheme: "dark", width: 320 },
    ];

    test.each(VIEWS)("axe finds nothing, with all of it open: %j", async (view) => {
      const page = await ReviewPage.open(browser(), everything(), view);
      await page.page.click("#open");
      expect(await violations(page)).toEqual([]);
      await page.close();
    });

    test.each(VIEWS)("axe finds nothing in a page with sizes: %j", async (view) => {
      const page = await ReviewPage.open(browser(), html(reportWithSizes(manyChanges(4))), view);
      expect(await page.ask("document.querySelectorAll('.size').length")).toBe(4);
      expect(await violations(page)).toEqual([]);
      await page.close();
    });

    test.each([
      ["folded", manyChanges(30)],
      ["of a plan that does nothing", JSON.stringify({ steps: [] })],
      ["with words from right to left", withWords("every-kind", "שלום")],
      ["with empty words", withWords("every-kind", "")],
    ])("axe finds nothing in a page %s", async (_, preview) => {
      const page = await ReviewPage.open(browser(), html(reportFrom(preview)));
      expect(await violations(page)).toEqual([]);
      await page.close();
    });

    test("the tab key reaches everything that can be used, in the order in which it stands", async () => {
      const page = await ReviewPage.open(browser(), everything());
      await page.page.click("#open");
      await page.ask("document.activeElement.blur()");
      await page.ask("scrollTo(0, 0)");
      const wanted = await page.ask<number>(
        "(window.usable = Array.from(document.querySelectorAll('a, button, input, summary'))).length",
      );
      await page.page.focus(".skip");
      const reached = [await page.ask<number>("usable.indexOf(document.activeElement)")];
      for (let index = 1; index < wanted; index += 1) {
        await page.press("Tab");
        reached.push(await page.ask<number>("usable.indexOf(document.activeElement)"));
      }
      expect(wanted).toBeGreaterThan(20);
      expect(reached).toEqual(Array.from({ length: wanted }, (_, index) => index));
      await page.close();
    });

    test("whoever uses the keyboard sees where they are, and skips to the changes", async () => {
      const page = await ReviewPage.open(browser(), everything());
      await page.press("Tab");
      expect(await page.ask("document.activeElement.className")).toBe("skip");
      expect(await page.ask("document.activeElement.getBoundingClientRect().top >= 0")).toBe(true);
      await page.press("Enter", "Tab");
      expect(await page.ask("document.activeElement === document.querySelector('main summary')")).toBe(true);
      expect(await page.ask("getComputedStyle(document.activeElement).outlineStyle")).toBe("solid");
      await page.close();
    });

    test("Enter opens and closes what is folded", async () => {
      const page = await ReviewPage.open(browser(), html(reportFrom(manyChanges(30))));
      await page.page.focus("main summary");
      const isOpen = "document.activeElement.parentElement.open";
      expect(await page.ask(isOpen)).toBe(false);
      await page.press("Enter");
      expect(await page.ask(isOpen)).toBe(true);
      await page.press("Enter");
      expect(await page.ask(isOpen)).toBe(false);
      await page.close();
    });

    test("what goes and what comes is told by a sign and by a word, not by colour alone", async () => {
      const page = await ReviewPage.open(browser(), everything());
      const marked = await page.ask<string[]>(
        "Array.from(document.querySelectorAll('.sides del, .sides ins'), (element) => element.textContent)",
      );
      expect(marked).toContain('−removed: then, within 3 days, Events where page is "Cart"');
      expect(marked).toContain('+added: then, within 1 day, Events where page is "Offer"');
      await page.close();
    });
  });
