import {
  parseAdoptionLine,
  formatAdoptionLine,
  parseSecondHolderLine,
  formatSecondHolderLine,
  parseWarningLine,
  formatWarningLine,
} from "../../../model/notices";
import { fc } from "../../properties";

/** Names of others, which may say what the lines say. */
const words = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    'x" is taken over as it is.',
    " is taken over as it is",
    "x is taken over; this changes its name",
    "x is taken over; this changes its tags.",
    'a": cja.Segment "b',
    "\\",
  ),
);
const noun = fc.constantFrom("Segment" as const, "Audience" as const);
const id = fc.stringMatching(/^s[\w@.-]{1,20}$/);
const changes = fc.uniqueArray(fc.constantFrom("name", "description", "definition", "tags", "shares"));

describe("what the provider tells, and the review reads", () => {
  test("an adoption: the fields that it changes, whatever segment and owner are called", () => {
    fc.assert(
      fc.property(noun, id, words, fc.option(words, { nil: undefined }), changes, (noun, id, name, owner, changes) => {
        expect(parseAdoptionLine(formatAdoptionLine({ noun, id, name, owner, changes }), id)).toEqual(changes);
      }),
    );
    expect(formatAdoptionLine({ noun: "Segment", id: "s9", name: "a", owner: "Jane", changes: ["name", "tags"] })).toBe(
      'Segment s9 "a" of Jane is taken over; this changes its name and tags.',
    );
    expect(formatAdoptionLine({ noun: "Segment", id: "s9", name: "a", owner: undefined, changes: [] })).toBe(
      'Segment s9 "a" is taken over as it is.',
    );
  });

  test("a segment that stays: the resource that has it, whatever it is called", () => {
    fc.assert(
      fc.property(noun, id, words, words, (noun, id, name, other) => {
        const holder = `cja.Segment ${JSON.stringify(name)}`;
        const line = formatSecondHolderLine({ noun, id, holder, other: `cja.Segment ${JSON.stringify(other)}` });
        expect(parseSecondHolderLine(line, id)).toBe(holder);
      }),
    );
  });

  test("a warning: its text", () => {
    fc.assert(fc.property(words, (text) => expect(parseWarningLine(formatWarningLine(text))).toBe(text)));
  });

  test("nothing in a line about another segment, or of another kind", () => {
    fc.assert(
      fc.property(noun, id, id, words, changes, (noun, id, another, name, changes) => {
        fc.pre(id !== another);
        expect(
          parseAdoptionLine(formatAdoptionLine({ noun, id, name, owner: undefined, changes }), another),
        ).toBeUndefined();
        expect(
          parseSecondHolderLine(
            formatSecondHolderLine({ noun, id, holder: 'cja.Segment "a"', other: 'cja.Segment "b"' }),
            another,
          ),
        ).toBeUndefined();
      }),
    );
    const stays = formatSecondHolderLine({
      noun: "Segment",
      id: "s9",
      holder: 'cja.Segment "a"',
      other: 'cja.Segment "b"',
    });
    const adopted = formatAdoptionLine({ noun: "Segment", id: "s9", name: "a", owner: undefined, changes: ["name"] });
    expect([parseAdoptionLine(stays, "s9"), parseSecondHolderLine(adopted, "s9"), parseWarningLine(adopted)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(parseAdoptionLine('Segment s9 "a" is taken over; this changes its name, we think.', "s9")).toBeUndefined();
  });
});
