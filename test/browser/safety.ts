import type { Browser } from "puppeteer-core";
import { html } from "../../cli/review/html/html";
import { recorded, reportFrom, withWords } from "./previews";
import { ReviewPage } from "./review-page";

const HOSTILE = [
  "</code></bdi></summary></details><img src=x onerror=alert(1)>",
  '"><svg onload=alert(2)><script>alert(3)</script>',
  '\'" autofocus onfocus=alert(4) x="',
  "</title></style></script><script>alert(5)</script>",
  '<iframe srcdoc="<script>parent.alert(6)</script>"></iframe><a href="javascript:alert(7)">x</a>',
  "<link rel=stylesheet href=https://example.com/a.css><meta http-equiv=refresh content='0;url=https://example.com/b'>",
  "<!-- <style>*{display:none}</style>",
  "&lt;img src=x onerror=alert(8)&gt;${alert(9)}`",
];

/** What a page of ours never has. */
const FOREIGN = "img, svg, iframe, link, a:not([href^='#']), [autofocus], [onfocus], [onerror], [onload]";

export const safety = (browser: () => Browser) =>
  describe("what the page lets happen", () => {
    test("a page says nothing to the console, and asks for nothing", async () => {
      const page = await ReviewPage.open(browser(), html(reportFrom(recorded("every-kind"), recorded("failed"), "{")));
      await page.page.click("#open");
      expect(page.said).toEqual([]);
      expect(page.asked).toEqual([]);
      await page.close();
    });

    test.each(HOSTILE)("a word that wants to be more stays a word: %s", async (text) => {
      for (const name of ["every-kind", "failed"] as const) {
        const page = await ReviewPage.open(browser(), html(reportFrom(withWords(name, text), text)));
        expect(page.said).toEqual([]);
        expect(page.asked).toEqual([]);
        expect(await page.ask(`document.querySelectorAll(${JSON.stringify(FOREIGN)}).length`)).toBe(0);
        expect(await page.ask("document.querySelectorAll('script, style').length")).toBe(2);
        expect(await page.ask("document.title")).toContain(text);
        const whole = "Array.from(document.querySelectorAll('bdi'), (element) => element.textContent)";
        expect(await page.ask<string[]>(whole)).toContain(name === "failed" ? text : `vip${text}`);
        await page.close();
      }
    });

    test("what got into it in spite of all would not run, nor reach anybody", async () => {
      const injected =
        "<script>globalThis.ran = 1</script><b onclick='globalThis.ran = 2' id=b>b</b><img src=https://example.com/i.png>" +
        "<link rel=stylesheet href=https://example.com/s.css><style>main { display: none }</style><base href=https://example.com/>";
      const report = html(reportFrom(recorded("every-kind")));
      const page = await ReviewPage.open(
        browser(),
        report.replace(/<main[^>]*>/, (main) => main + injected),
      );
      await page.page.click("#b");
      expect(await page.ask("globalThis.ran")).toBeUndefined();
      expect(await page.ask("document.baseURI.startsWith('file:')")).toBe(true);
      expect(await page.ask("getComputedStyle(document.querySelector('main')).display")).toBe("block");
      expect(page.asked).toEqual([]);
      await page.close();
    });

    test("characters that show nothing or turn a line are shown as escapes", async () => {
      const page = await ReviewPage.open(browser(), html(reportFrom(withWords("every-kind", "\u202eexe\u200b\u0007"))));
      expect(await page.ask("document.body.innerText.includes('\\\\u202eexe\\\\u200b\\\\u0007')")).toBe(true);
      expect(await page.ask("/[\\u202e\\u200b\\u0007]/.test(document.documentElement.outerHTML)")).toBe(false);
      await page.close();
    });
  });
