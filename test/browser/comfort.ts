import type { Browser } from "puppeteer-core";
import { html } from "../../cli/review/html/html";
import { manyChanges, recorded, reportFrom } from "./previews";
import { ReviewPage } from "./review-page";

export const comfort = (browser: () => Browser) =>
  describe("what helps with a long review", () => {
    let page: ReviewPage;
    afterEach(() => page.close());

    const openMany = async () => (page = await ReviewPage.open(browser(), html(reportFrom(manyChanges(300)))));
    const title = () => page.ask<string>("document.activeElement.querySelector('h4')?.textContent ?? ''");
    const open = () => page.ask<number>("document.querySelectorAll('main details[open]').length");
    const shown = () =>
      page.ask<number>("Array.from(document.querySelectorAll('.entry')).filter((e) => e.checkVisibility()).length");

    test("300 changes are 300 titles, which open and close at once", async () => {
      await openMany();
      expect(await open()).toBe(0);
      expect(await shown()).toBe(300);
      await page.page.click("#open");
      expect(await open()).toBe(600);
      await page.page.click("#close");
      expect(await open()).toBe(0);
    });

    test("a few changes are open from the start, their diagrams are not", async () => {
      page = await ReviewPage.open(browser(), html(reportFrom(recorded("every-kind"))));
      expect(await page.ask("document.querySelectorAll('.entry > details:not([open])').length")).toBe(0);
      expect(await page.ask("document.querySelectorAll('.diagram[open]').length")).toBe(0);
    });

    test("the filter leaves what has the words, and says how many", async () => {
      await openMany();
      await page.page.type("#filter", "PAGE 29");
      expect(await shown()).toBe(11);
      expect(await page.ask("document.getElementById('shown').textContent")).toBe("11 of 300 shown");
      await page.page.type("#filter", " nowhere");
      expect(await shown()).toBe(0);
      expect(await page.ask("document.querySelector('h3').checkVisibility()")).toBe(false);
      await page.ask("document.getElementById('filter').select()");
      await page.press("Backspace");
      expect(await shown()).toBe(300);
      expect(await page.ask("document.getElementById('shown').textContent")).toBe("");
    });

    test("j and k go from one shown change to the next and back", async () => {
      await openMany();
      await page.page.type("#filter", "page 29");
      expect(await page.ask("document.getElementById('filter').value")).toBe("page 29");
      await page.ask("document.activeElement.blur()");
      await page.press("j");
      expect(await title()).toContain("Segment 29");
      await page.press("j");
      expect(await title()).toContain("Segment 290");
      await page.press("k");
      expect(await title()).toContain("Segment 29");
      await page.press("k");
      expect(await title()).toContain("Segment 29");
      expect(await page.ask("document.activeElement.getBoundingClientRect().bottom <= innerHeight")).toBe(true);
    });

    test("the keys are letters while one writes, and can be turned off", async () => {
      await openMany();
      await page.page.type("#filter", "jk");
      expect(await page.ask("document.activeElement.value")).toBe("jk");
      await page.page.click("#keys");
      await page.press("j");
      expect(await title()).toBe("");
      await page.page.click("#keys");
      await page.ask("document.getElementById('filter').value = ''");
      await page.ask("document.getElementById('filter').dispatchEvent(new Event('input'))");
      await page.press("j");
      expect(await title()).toContain("Segment 0");
    });

    test("the contents lead to each part", async () => {
      page = await ReviewPage.open(browser(), html(reportFrom(recorded("every-kind"), recorded("failed"))));
      const links = await page.ask<string[]>(
        "Array.from(document.querySelectorAll('nav a'), (link) => link.textContent)",
      );
      expect(links.slice(0, 4)).toEqual([
        "web/prod",
        "Segment jobs that will run",
        "Changed elsewhere since the last deployment",
        "Segments",
      ]);
      await page.page.click("nav li li:nth-child(3) a");
      expect(await page.ask("document.activeElement.textContent")).toBe("Segments");
      expect(await page.ask("document.activeElement.getBoundingClientRect().top < innerHeight / 2")).toBe(true);
    });
  });
