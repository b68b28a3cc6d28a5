import { formatDuration } from "../../../provider/format-duration";

const HOUR = 3_600_000;

it.each([
  [0, "0 s"],
  [1_499, "1 s"],
  [59_400, "59 s"],
  [59_600, "1 min"],
  [60_000, "1 min"],
  [90_000, "1 min 30 s"],
  [320_000, "5 min 20 s"],
  [15 * 60_000, "15 min"],
  [HOUR, "1 h"],
  [HOUR + 5 * 60_000, "1 h 5 min"],
  [4 * HOUR, "4 h"],
  [24 * 24 * HOUR, "576 h"],
])("%i ms is %s", (ms, words) => {
  expect(formatDuration(ms)).toBe(words);
});
