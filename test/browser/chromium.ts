import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { launch, type Browser } from "puppeteer-core";

/** Whether this machine has one. In CI it has to. */
export const hasChromium = process.env["CI"] === "true" || spawnSync("chromium", ["--version"]).status === 0;

/** A real Chromium without a window. */
export const startChromium = (): Promise<Browser> =>
  launch({ executablePath: onPath("chromium"), args: ["--no-sandbox", "--disable-dev-shm-usage"] });

/** Ends it, and waits until the processes that it started have let go of its output, too: on a busy machine they end after it. */
export async function endChromium(browser: Browser): Promise<void> {
  const process = browser.process();
  const closed = process && once(process, "close");
  await browser.close();
  await closed;
}

function onPath(name: string): string {
  const places = (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name));
  const found = places.find((place) => {
    try {
      accessSync(place, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`there is no ${name} on the PATH: on Debian, apt-get install ${name}`);
  return found;
}
