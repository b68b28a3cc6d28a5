import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "puppeteer-core";

export interface View {
  readonly width?: number;
  readonly scheme?: "light" | "dark";
  readonly script?: boolean;
}

/** A page of a review in a browser, from a file as its reader has it, and all that it said and asked for. */
export class ReviewPage {
  /** What the console got, and errors that nobody caught. */
  readonly said: string[] = [];
  /** Addresses that it wanted, beside its own. None is ever reached. */
  readonly asked: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly folder: string,
  ) {}

  static async open(browser: Browser, html: string, view: View = {}): Promise<ReviewPage> {
    const { width = 1280, scheme = "light", script = true } = view;
    const folder = mkdtempSync(join(tmpdir(), "pulumi-cja-page-"));
    const file = join(folder, "review.html");
    writeFileSync(file, html);
    const address = pathToFileURL(file).href;
    const page = await browser.newPage();
    const opened = new ReviewPage(page, folder);
    page.on("console", (message) => opened.said.push(message.text()));
    page.on("pageerror", (error) => opened.said.push(String(error)));
    page.on("dialog", (dialog) => {
      opened.said.push(dialog.message());
      void dialog.dismiss();
    });
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      if (request.url() === address) return void request.continue();
      opened.asked.push(request.url());
      return void request.abort();
    });
    await page.setViewport({ width, height: 900 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.setJavaScriptEnabled(script);
    await page.goto(address);
    return opened;
  }

  /** Runs an expression in the page. */
  async ask<T>(expression: string): Promise<T> {
    return (await this.page.evaluate(expression)) as T;
  }

  /** Whether an expression comes true: what was shown or hidden takes the page a few frames. */
  async comesTrue(expression: string): Promise<boolean> {
    for (let tries = 0; tries < 500; tries += 1) if (await this.ask<boolean>(expression)) return true;
    return false;
  }

  async press(...keys: readonly Parameters<Page["keyboard"]["press"]>[0][]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  async close(): Promise<void> {
    await this.page.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
