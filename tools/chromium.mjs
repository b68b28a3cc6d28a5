/** The browser that the tests in test/browser and the pictures need: a Chromium on the PATH. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

export const hasChromium = () => spawnSync("chromium", ["--version"]).status === 0;

/** Starts one without a window. */
export async function startChromium() {
  if (!hasChromium()) throw new Error("there is no chromium on the PATH (on Debian: apt-get install chromium)");
  const { launch } = await import("puppeteer-core");
  const places = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "chromium"));
  return launch({
    executablePath: places.find((place) => existsSync(place)),
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars"],
  });
}
