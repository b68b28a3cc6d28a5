import { sanitizeOutput } from "../../../../definition/sentences/sanitize-output";
import { fc, samples } from "../../../properties";
import { HOSTILE, obeyed } from "../../obeyed";

const part = fc.oneof(
  fc.constantFrom(...HOSTILE, ":", "::", "#", "##", "[", "]", "\n", "\r\n", "\r", " ", "\\", '"', "\ud800", "😀"),
  fc.string({ unit: "binary" }),
);
const text = fc.array(part).map((parts) => parts.join(""));
const checks = { numRuns: samples(1000) };

test.each(HOSTILE)("%j is obeyed as it is, and not any more", (hostile) => {
  expect(obeyed(hostile)).not.toEqual([]);
  expect(obeyed(sanitizeOutput(hostile))).toEqual([]);
});

test("nothing is obeyed of any text", () => {
  fc.assert(
    fc.property(text, (hostile) => expect(obeyed(sanitizeOutput(hostile))).toEqual([])),
    checks,
  );
});

test("JSON says the same, and so does the literal of a program", () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.jsonValue(), fc.record({ name: text })), fc.constantFrom(0, 2), (value, indent) => {
      const json = JSON.stringify(value, null, indent);
      expect(JSON.parse(sanitizeOutput(json))).toEqual(JSON.parse(json));
      expect(sanitizeOutput(sanitizeOutput(json))).toBe(sanitizeOutput(json));
    }),
    checks,
  );
});

test.each(["# Heading\n\n- a :: b, #1 [link]\t😀 ü\n", "std::vector, ##, C## x[0]", "12:30::45", ""])(
  "%j is nothing to obey, and stays as it is",
  (harmless) => expect(sanitizeOutput(harmless)).toBe(harmless),
);
