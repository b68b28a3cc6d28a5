/** The site of `npm run docs`, with its 250 pages: only with everything. */
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Browser, Page } from "puppeteer-core";
import { EVERYTHING } from "../properties";
import { hasChromium, startChromium } from "./chromium";

const root = resolve(__dirname, "../..");
const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** What any web server does with a folder. */
const serve = (folder: string): Server =>
  createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://site");
    const file = join(folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    if (!file.startsWith(folder) || !existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });

(hasChromium && EVERYTHING ? describe : describe.skip)("the site", () => {
  let folder: string;
  let server: Server;
  let browser: Browser;
  let pages: readonly string[];
  let url: string;

  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "pulumi-cja-site-")));
    const vitepress = join(root, "node_modules/vitepress/bin/vitepress.js");
    await promisify(execFile)(process.execPath, [vitepress, "build", "docs", "--outDir", folder], { cwd: root });
    pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".html"));
    server = serve(folder);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await startChromium();
  });
  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    rmSync(folder, { recursive: true });
  });

  /** A tab, and what its pages ask others for or complain of. */
  async function tab(width: number): Promise<{ page: Page; faults: string[] }> {
    const faults: string[] = [];
    const page = await browser.newPage();
    await page.setViewport({ width, height: 800 });
    page.on("request", (request) => {
      if (!request.url().startsWith(url) && !request.url().startsWith("data:"))
        faults.push(`asks for ${request.url()}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) faults.push(`${response.status()} for ${response.url()}`);
    });
    page.on("pageerror", (error) => faults.push(String(error)));
    return { page, faults };
  }

  test("has every page, and none loads anything from elsewhere", () => {
    const found = pages.filter((path) =>
      /<(?:script|link|img|iframe)\b[^>]* (?:src|href)="(?:https?:)?\/\//.test(
        readFileSync(join(folder, path), "utf8"),
      ),
    );
    expect({ found, many: pages.length > 100 }).toEqual({ found: [], many: true });
  });

  test("loads its pages without network, and on a phone nothing scrolls sideways", async () => {
    const found: string[] = [];
    const { page, faults } = await tab(360);
    // Those of the reference are made alike: every fifth of them.
    for (const path of pages.filter((one, index) => !one.includes("reference/") || index % 5 === 0)) {
      await page.goto(`${url}/${path}`, { waitUntil: "load" });
      const wide = (await page.evaluate("document.documentElement.scrollWidth")) as number;
      found.push(
        ...[...faults.splice(0), ...(wide > 360 ? [`is ${wide} px wide`] : [])].map((fault) => `${path} ${fault}`),
      );
    }
    await page.close();
    expect(found).toEqual([]);
  });

  test("has no link to a page of its own that is not there", () => {
    const broken = pages.flatMap((path) => {
      const links = readFileSync(join(folder, path), "utf8").matchAll(/<a[^>]* href="(?!#|[a-z]+:)([^"#?]*)/g);
      return [...links].flatMap(([, link = ""]) => {
        const { pathname } = new URL(link, `http://site/${path}`);
        const file = join(folder, decodeURI(pathname.endsWith("/") ? `${pathname}index.html` : pathname));
        return existsSync(file) ? [] : [`${path} → ${link}`];
      });
    });
    expect([...new Set(broken)]).toEqual([]);
  });

  test("finds adoptId by its own search, and goes there", async () => {
    const { page, faults } = await tab(1280);
    await page.goto(`${url}/index.html`, { waitUntil: "networkidle0" });
    await page.click(".VPNavBarSearch button");
    await page.waitForSelector(".VPLocalSearchBox input");
    await page.type(".VPLocalSearchBox input", "adoptId");
    // It searches after each letter, and draws a page after its address has changed.
    const found = await page.waitForSelector('.VPLocalSearchBox .result[href*="/docs/segments"]');
    await found?.click();
    await page.waitForFunction("location.pathname.includes('/docs/segments')");
    await page.waitForFunction("document.querySelector('.vp-doc')?.innerText.includes('adoptId')");
    expect(faults).toEqual([]);
    await page.close();
  });
});
