import { fc } from "../../../properties";
import type { Failure } from "../../../../cli/post/comment-service-error";
import {
  firstLine,
  isSameComment,
  formatMarker,
  parseMarker,
  decodeStackName,
  sourceKey,
  encodeSource,
  encodeStack,
} from "../../../../cli/post/marker";
import { parseRequestedWait } from "../../../../cli/post/retry-policy";
import { shortenMarkdown } from "../../../../cli/review/markdown/fit";

const name = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("-", ">", "/", "%", "a", "\n") }),
);

test("a marker is one line that only its own end ends, and is read as it was written", () => {
  fc.assert(
    fc.property(name, name, name, (project, stack, file) => {
      const source = encodeSource(file);
      const ofStack = { stack: encodeStack(project, stack), source, run: undefined };
      for (const marker of [ofStack, { ...ofStack, source: undefined }, { ...ofStack, run: "0a" }, { source }]) {
        if (source === "" && marker.source === "") continue;
        const line = formatMarker(marker);
        expect(line).toMatch(/^<!-- pulumi-cja review [^<>\s]*( [^<>\s]*){0,4} -->$/);
        expect(line.slice(4, -3)).not.toContain("--");
        expect(firstLine(`${line}\nmore`)).toBe(line);
        expect(parseMarker(`${line}\r\nmore`)).toEqual(marker);
      }
    }),
  );
});

test("different names have different markers, wherever a stack's preview was read from", () => {
  fc.assert(
    fc.property(fc.tuple(name, name), fc.tuple(name, name), (one, other) => {
      const isSame = one[0] === other[0] && one[1] === other[1];
      const stack = encodeStack(...one);
      expect(isSameComment({ stack, source: "a" }, { stack: encodeStack(...other), run: "0" })).toBe(isSame);
      expect(isSameComment({ stack }, { source: encodeSource(other[0]) })).toBe(false);
    }),
  );
});

test.each(["<!-- pulumi-cja review web/prod -- >", "<!-- pulumi-cja review web -->", "", "<!-- other -->"])(
  "%j is no marker",
  (line) => expect(parseMarker(line)).toBeUndefined(),
);

test("of a stack's word the name is told, or its beginning", () => {
  expect(decodeStackName(encodeStack("web", "größer--"))).toBe("web/größer--");
  expect(decodeStackName(encodeStack("w".repeat(300), "prod"))).toBe(`${"w".repeat(100)}…/prod`);
  expect(decodeStackName(encodeStack("😀".repeat(300), "prod"))).toContain("/prod");
});

test.each([
  ["./a/../a//x.json", {}, "a/x.json"],
  ["standard input", {}, "standard input"],
  ["standard input", { GITHUB_WORKFLOW: "preview", GITHUB_JOB: "dev" }, "standard input of preview/dev"],
  ["standard input", { CI_JOB_NAME: "review: [dev]" }, "standard input of review: [dev]"],
  ["dev.json", { CI_JOB_NAME: "review" }, "dev.json"],
])("the next run knows %j (%j) again as %j", (source, environment, key) =>
  expect(sourceKey(source, environment)).toBe(key),
);

test("what is cut has no more than the characters, and no open block of code", () => {
  const line = fc.constantFrom("word ".repeat(30), "```", "```text", "````", "", "😀".repeat(90));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.integer({ min: 200, max: 2_000 }), (lines, most) => {
      const whole = lines.join("\n");
      const text = shortenMarkdown(whole, most);
      expect(text.length).toBeLessThanOrEqual(most);
      if (whole.length <= most) expect(text).toBe(whole);
      else expect(isInCode(text)).toBe(false);
    }),
  );
});

function isInCode(text: string): boolean {
  let open: string | undefined;
  for (const line of text.split("\n")) {
    const [, fence] = /^(`{3,})/.exec(line) ?? [];
    if (open === undefined) open = fence;
    else if (line.startsWith(open) && /^`+$/.test(line)) open = undefined;
  }
  return open !== undefined;
}

describe("how long a service asks to be left alone", () => {
  const now = Date.parse("2026-11-22T12:00:00Z");
  const wait = (headers: Failure["headers"]) =>
    parseRequestedWait({ method: "GET", status: 429, message: "", headers }, now);
  test.each([
    [{ "retry-after": "7" }, 7000],
    [{ "retry-after": "Sun, 22 Nov 2026 12:00:09 GMT" }, 9000],
    [{ "retry-after": "Sun, 22 Nov 2026 11:00:00 GMT" }, 0],
    [{ "retry-after": "soon" }, undefined],
    [{ "retry-after": "-3x" }, undefined],
    [{ "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(now / 1000 + 30) }, 30_000],
    [{ "x-ratelimit-remaining": "12", "x-ratelimit-reset": String(now / 1000 + 30) }, undefined],
    [{}, undefined],
  ])("%j", (headers, expected) => expect(wait(headers)).toBe(expected));
});
