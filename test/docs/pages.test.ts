import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import { files, pages, root, written } from "./pages";

const page = (path: string) => {
  const found = pages.find((one) => one.path === path);
  if (!found) throw new Error(`there is no ${path}`);
  return found;
};

describe("length", () => {
  const lines = (text: string) => text.trimEnd().split("\n").length;

  it("README.md is read in one sitting", () => expect(lines(page("README.md").text)).toBeLessThanOrEqual(150));

  it("no other page is longer than 250 lines, but for the reference and the changelog", () => {
    const long = pages.filter(({ path, text }) => !/^(docs\/reference\/|CHANGELOG)/.test(path) && lines(text) > 250);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});

describe("links", () => {
  const local = (path: string) =>
    page(path)
      .targets.filter((target) => !/^[a-z]+:/i.test(target))
      .map((target) => ({ target, ...placeOf(path, target) }));
  const placeOf = (from: string, target: string) => {
    const [path = "", anchor] = decodeURI(target).split("#");
    return { path: path === "" ? from : normalize(join(dirname(from), path)), anchor };
  };

  test.each(pages.map(({ path }) => path))("of %s lead somewhere", (path) => {
    const broken = local(path).filter(({ path: target, anchor }) => {
      if (!existsSync(join(root, target))) return true;
      return anchor !== undefined && !page(target).anchors.has(anchor);
    });
    expect(broken.map(({ target }) => target)).toEqual([]);
  });

  it("lead from docs/README.md to every other page of docs", () => {
    const listed = new Set(
      ["docs/README.md", "docs/reviewing.md"].flatMap((from) => local(from).map(({ path }) => path)),
    );
    const lost = pages
      .map(({ path }) => path)
      .filter((path) => /^docs\/(?!reference\/)/.test(path) && !listed.has(path));
    expect(lost).toEqual(["docs/README.md"]);
  });
});

test("files of the repository that pages name are there", () => {
  const folders = new Set(files.flatMap((path) => path.split("/").map((_, at, parts) => parts.slice(0, at).join("/"))));
  const names = new Set(files.map((path) => basename(path)));
  const tops = [...folders].filter((folder) => folder !== "" && !folder.includes("/"));
  const isThere = (path: string) => files.includes(path) || folders.has(path.replace(/\/$/, ""));
  const wrong = written.flatMap(({ path, spans }) => {
    const paths = spans.filter((span) => /^[\w./-]+$/.test(span) && tops.includes(span.split("/")[0] ?? ""));
    const lost = paths.filter((span) => span.includes("/") && !isThere(span));
    // Elsewhere a bare name is a file of the reader's.
    const ours = /^(docs\/decisions\/|CONTRIBUTING)/.test(path)
      ? spans.filter((span) => /^[\w-]+\.ts$/.test(span))
      : [];
    return [...lost, ...ours.filter((name) => !names.has(name))].map((name) => `${path}: ${name}`);
  });
  expect(wrong).toEqual([]);
});

test("docs/troubleshooting.md quotes messages that exist", () => {
  const [ours = ""] = page("docs/troubleshooting.md").text.split("## npm");
  const quoted = [...ours.matchAll(/^\| (`.*?`) +\|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, message = ""]) => message),
  );
  // Of the engine, and two words that the list takes for none.
  const others = ["has a pending create", "failed to load checkpoint:", "ended as"];
  const messages = page("docs/reference/messages.md").text;
  // A status is put in like everything else that a message is about.
  const parts = quoted.flatMap((message) => message.split(/…|\b[A-Z]{3,}\b|\b\d{3}\b/)).map((part) => part.trim());
  const wrong = parts.filter((part) => !messages.includes(part) && !others.includes(part));
  expect({ count: parts.length > 15, wrong }).toEqual({ count: true, wrong: [] });
});

/** What the bench has written of its parts. */
const benchResults = (): unknown => JSON.parse(readFileSync(join(root, "tools/bench/results.json"), "utf8"));

/** The cells of the first table after a text, without its head. */
function tableAfter(name: string, text: string): string[][] {
  const [, after = ""] = page(name).text.split(text);
  const table = /(?:^\|.*\|\n)+/m.exec(after)?.[0] ?? "";
  const rows = [...table.matchAll(/^\|(.*)\|$/gm)].map(([, row = ""]) => row.split("|").map((cell) => cell.trim()));
  return rows.slice(2);
}

test("docs/native.md has the numbers of the bench", () => {
  interface Door {
    readonly door: string;
    readonly seconds: Readonly<Record<string, number>>;
    readonly stateBytes: number;
    readonly startMs: number;
  }
  const { doors } = benchResults() as { doors: Door[] };
  const columns = ["dynamic", "native"].map((name) => {
    const found = doors.find(({ door }) => door === name);
    if (!found) throw new Error(`the bench has not measured ${name}`);
    const seconds = ["create", "nothing", "refresh", "destroy"].map((step) => found.seconds[step]?.toFixed(1));
    return [...seconds, ...[found.stateBytes, found.startMs].map((value) => value.toLocaleString("en"))];
  });
  const expected = columns[0]!.map((_, row) => columns.map((column) => column[row]));
  expect(tableAfter("docs/native.md", "What 1,000 segments cost").map(([, ...numbers]) => numbers)).toEqual(expected);
});

test("docs/evaluation.md has the numbers of the bench", () => {
  interface Row {
    readonly events: number;
    readonly shape: string;
    readonly seconds: number;
    readonly peakMB: number;
  }
  const { evaluation } = benchResults() as { evaluation: Row[] };
  const most = evaluation.find(({ events, shape }) => events === 1_000_000 && shape === "of many persons");
  const told = `over 1,000,000 events take ${most?.seconds.toFixed(2)} s of a processor and ${most?.peakMB} MB`;
  expect(page("docs/evaluation.md").text).toContain(told);
});

test("docs/cost.md has the numbers of the bench", () => {
  interface Row {
    readonly part: string;
    readonly scenario: string;
    readonly resources: number;
    readonly requests: number;
    readonly floorRequests: number;
    readonly seconds: number;
    readonly floorSeconds: number;
  }
  const { rows } = benchResults() as { rows: Row[] };
  const count = (value: number) => value.toLocaleString("en");
  const minutes = (seconds: number) => (seconds < 6 ? "0" : (seconds / 60).toFixed(1));
  const scenarios = { create: 1000, nothing: 1000, refresh: 1000, change: 1000, destroy: 1000, adopt: 1000, jobs: 100 };
  const expected = Object.entries(scenarios).map(([scenario, resources]) => {
    const [engine, limits] = ["engine", "limits"].map((part) =>
      rows.find((row) => row.part === part && row.scenario === scenario && row.resources === resources),
    );
    if (!engine || !limits) throw new Error(`the bench has not measured ${scenario}`);
    return [
      ...[engine.requests, engine.floorRequests].map(count),
      ...[engine.seconds, engine.floorSeconds].map((seconds) => seconds.toFixed(1)),
      ...[limits.seconds, limits.floorSeconds].map(minutes),
    ];
  });
  expect(tableAfter("docs/cost.md", "## 1,000 segments").map(([, ...numbers]) => numbers)).toEqual(expected);
});
