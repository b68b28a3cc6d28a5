import { isArray, isObject, typeOf, type Json } from "./json";

/**
 * Where the shape of an answer departs from a document's sample: the same keys and the same types at every depth,
 * whatever the values.
 *
 * - `- path`: the sample has it, the answer does not; `+ path`: the other way round;
 * - `! path: string, not number`: a different type; the answer's comes last.
 *
 * Arrays are compared element by element, the sample's last element standing for all further ones. A sample that shows
 * an element is not answered by an empty array (`- path[]`); an empty array in the sample says nothing about elements.
 *
 * @param sample the document's own body
 * @param answer what was answered
 * @returns the differences in the order of the sample's keys, then the answer's; empty when the shapes are equal
 * @example sameShape({ id: "a", tags: [] }, { id: 1 }) // ["! id: string, not number", "- tags"]
 */
export function sameShape(sample: Json, answer: Json): string[] {
  return differences(sample, answer, "");
}

function differences(sample: Json, answer: Json, path: string): string[] {
  if (isObject(sample) && isObject(answer)) {
    const name = (key: string) => (path === "" ? key : `${path}.${key}`);
    const shared = Object.entries(sample).flatMap(([key, value]) => {
      return Object.hasOwn(answer, key) ? differences(value, answer[key] as Json, name(key)) : [`- ${name(key)}`];
    });
    const more = Object.keys(answer).filter((key) => !Object.hasOwn(sample, key));
    return [...shared, ...more.map((key) => `+ ${name(key)}`)];
  }
  if (isArray(sample) && isArray(answer)) {
    const last = sample.at(-1);
    if (last === undefined) return [];
    if (answer.length === 0) return [`- ${path}[]`];
    const each = answer.flatMap((item, index) =>
      differences(index < sample.length ? (sample[index] as Json) : last, item, `${path}[]`),
    );
    return [...new Set(each)];
  }
  const [wanted, got] = [typeOf(sample), typeOf(answer)];
  return wanted === got ? [] : [`! ${path}: ${wanted}, not ${got}`];
}

/**
 * A sample whose maps are keyed by IDs (`results` of a bulk request), with the keys of another one: so that the shapes
 * of what stands under the keys can be compared.
 *
 * @param sample the document's object, in order
 * @param keys the keys that the answer is expected to have, one for each of the sample's
 */
export function rekey(sample: Json | undefined, keys: readonly string[]): Json {
  if (!isObject(sample)) throw new Error("only an object has keys");
  return Object.fromEntries(
    Object.values(sample).map((value, index) => [keys[index] ?? `missing key ${index}`, value]),
  );
}
