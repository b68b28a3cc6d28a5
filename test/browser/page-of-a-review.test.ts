import type { Browser } from "puppeteer-core";
import { accessibility } from "./accessibility";
import { endChromium, hasChromium, startChromium } from "./chromium";
import { comfort } from "./comfort";
import { layout } from "./layout";
import { safety } from "./safety";

(hasChromium ? describe : describe.skip)("the page of a review", () => {
  let browser: Browser;
  beforeAll(async () => (browser = await startChromium()));
  afterAll(() => endChromium(browser));

  const started = () => browser;
  accessibility(started);
  comfort(started);
  layout(started);
  safety(started);
});
