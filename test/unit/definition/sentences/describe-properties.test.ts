import { fc, samples } from "../../../properties";
import { describe as sentence, equal, hash, outline, parse } from "../../../../definition";
import { definition } from "../arbitrary";
import { changed } from "../change";
import { positions } from "../positions";
import { respelled } from "../respell";
import { withAt } from "../samples";
import { ODD_TEXTS, oddDefinition } from "./odd";
import { ordered, withOrderedLists } from "./ordered";

const runs = { numRuns: samples(300) };

test("every definition of the grammar has a sentence without anything unknown in it", () => {
  fc.assert(
    fc.property(definition, (json) => {
      const text = sentence(json).replace(/"(?:[^"\\]|\\.)*"/g, '""');
      expect(text).not.toMatch(/unknown|nothing|Not a definition/);
      for (const line of text.split("\n")) expect(line).toMatch(/^(?: {2})*(?:- )?\S.*[^ ,]$/);
    }),
    runs,
  );
});

test("no single change of what is said has the same sentence", () => {
  fc.assert(
    fc.property(changed(definition), ([json, { json: other }]) => {
      expect(sentence(other)).not.toBe(sentence(json));
    }),
    { numRuns: samples(1000) },
  );
});

/** Fails where two of them have one sentence and are not equal. */
function expectOwnSentences(definitions: readonly unknown[]): void {
  const meanings = new Map<string, string>();
  for (const json of definitions) {
    const said = sentence(json);
    const [meaning, first] = [hash(json), meanings.get(said) ?? hash(json)];
    meanings.set(said, first);
    if (meaning !== first) throw new Error(`two meanings have one sentence: ${said}\n${JSON.stringify(json)}`);
  }
}

test("definitions that are not equal have different sentences", () => {
  fc.assert(
    fc.property(fc.subarray([...ODD_TEXTS], { minLength: 1, maxLength: 2 }), fc.nat(), (texts, seed) => {
      expectOwnSentences(fc.sample(oddDefinition(texts, 1), { numRuns: samples(200), seed }));
    }),
    { numRuns: samples(100) },
  );
});

test("the odd definitions are definitions", () => {
  const sample = fc.sample(oddDefinition(), { numRuns: samples(2000), seed: 1 });
  expect(sample.filter((json) => parse(json).errors.length === 0).length).toBeGreaterThan(0.75 * sample.length);
});

test("it is seen which node a label, an unknown field or an unknown function belongs to", () => {
  fc.assert(
    fc.property(definition, (json) => {
      const nodes = positions(json).filter(
        ({ value }) => typeof value === "object" && !Array.isArray(value) && value !== null,
      );
      const beside = nodes.flatMap(({ path, value }) => [
        ...[1, "a", null].map((x) => withAt(json, path, { ...(value as object), x })),
        withAt(json, path, { ...(value as object), description: "something else" }),
        withAt(json, path, { func: "unheard-of" }),
      ]);
      expectOwnSentences([json, ...beside]);
    }),
    { numRuns: samples(100) },
  );
});

test("other JSON at any place changes the sentence, or says the same", () => {
  fc.assert(
    fc.property(definition, fc.nat(), fc.jsonValue(), fc.jsonValue(), (json, pick, a, b) => {
      const all = positions(json);
      const { path } = all[pick % all.length] ?? { path: [] };
      const [one, other] = [withAt(json, path, a), withAt(json, path, b)];
      if (!equal(one, other)) expect(sentence(one)).not.toBe(sentence(other));
      if (!equal(one, json)) expect(sentence(one)).not.toBe(sentence(json));
    }),
    { numRuns: samples(1000) },
  );
});

test("all spellings of a definition have the same sentence, up to the order of what has no order", () => {
  fc.assert(
    fc.property(respelled(definition), ([json, once, twice]) => {
      const [said, ...others] = [json, once, twice].map((each) => ordered(outline(withOrderedLists(each))));
      for (const other of others) expect(other).toBe(said);
    }),
    runs,
  );
});

test("every line but the first is at its own place in the definition, and every leaf is in some line", () => {
  fc.assert(
    fc.property(definition, (json) => {
      const paths = sentence(json).split("\n").length;
      const found = linesOf(outline(json));
      expect(found).toHaveLength(paths);
      expect(new Set(found).size).toBe(found.length);
      expect(found[0]).toBe("");
    }),
    runs,
  );
});

function linesOf(line: ReturnType<typeof outline>): string[] {
  return [line.path, ...line.children.flatMap(linesOf)];
}

test("nothing is written to what is described", () => {
  fc.assert(
    fc.property(definition, (json) => {
      const before = JSON.stringify(json);
      for (const { value } of positions(json)) Object.freeze(value);
      expect(sentence(json)).toBe(sentence(JSON.parse(before)));
    }),
    { numRuns: samples(100) },
  );
});
