import { Readable } from "node:stream";
import { fc } from "../../properties";
import { decodeText, readTextStream } from "../../../cli/read-text";

// A text does not begin with a mark of its own.
const text = fc.string({ unit: "grapheme" }).filter((one) => !one.startsWith("\ufeff"));

test("a text is the same in each encoding that has a mark, and in UTF-8 without one", () => {
  fc.assert(
    fc.property(text, (one) => {
      const marked = `\ufeff${one}`;
      expect(decodeText(Buffer.from(one))).toBe(one);
      expect(decodeText(Buffer.from(marked))).toBe(one);
      expect(decodeText(Buffer.from(marked, "utf16le"))).toBe(one);
      expect(decodeText(Buffer.from(marked, "utf16le").swap16())).toBe(one);
    }),
  );
});

test("a stream may break a character in two", async () => {
  const bytes = Buffer.from("\ufeff{ä}", "utf16le");
  expect(await readTextStream(Readable.from([bytes.subarray(0, 1), bytes.subarray(1, 5), bytes.subarray(5)]))).toBe(
    "{ä}",
  );
});
