import { fc } from "../../properties";
import { parseDuration } from "../../../model";

test.each([
  ["90s", 90_000],
  ["30m", 1_800_000],
  ["4h", 14_400_000],
  ["1h30m", 5_400_000],
  ["1d2h3m4s", 93_784_000],
  ["1.5h", 5_400_000],
  [" 2h ", 7_200_000],
  ["24d", 2_073_600_000],
])("%s", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each([
  "",
  " ",
  "0s",
  "4",
  "4 h",
  "4hours",
  "h",
  "-1h",
  "1e3s",
  "30m1h",
  "1h1h",
  "24d1s",
  "999999999d",
  "Infinitys",
  "١h",
])("%p is none", (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test("the parts of a duration add up", () => {
  const part = fc.integer({ min: 0, max: 500 });
  fc.assert(
    fc.property(part, part, part, (h, m, s) => {
      const ms = ((h * 60 + m) * 60 + s) * 1000;
      expect(parseDuration(`${h}h${m}m${s}s`)).toBe(ms === 0 ? undefined : ms);
    }),
  );
});
