import { isExactNumber } from "../json";
import { MAX_CANONICAL_DEPTH, MAX_VALUES } from "../limits";
import { pathTo, type Key, type Mistake, type Position } from "../mistake";
import { nearestWord } from "../parse/nearest-word";
import { describeShape, read, shapeOf, type Shape } from "../shape";

type Expected = "text" | "list" | "number" | "any";
const EXPECTED: Readonly<Record<Expected, string>> = {
  text: "a string",
  list: "a list",
  number: "a number",
  any: "a value",
};

/** What the nodes of Adobe's samples have: https://experienceleague.adobe.com/docs/experience-platform/segmentation/api/segment-definitions.html */
const NODES: Readonly<Record<string, Readonly<Record<string, Expected>>>> = {
  fnApply: { fnName: "text", params: "list" },
  fieldLookup: { fieldName: "text", object: "any" },
  literal: { literalType: "text", value: "any" },
  parameterReference: { position: "number" },
};
const NODE_TYPES = Object.keys(NODES);

/** Mistakes of an expression in the form of pql/json, each with its path, as `checkExpression` finds those of a text. */
export function checkJsonExpression(
  expression: object,
  isUnknown: (value: unknown) => boolean,
): { readonly errors: readonly Mistake[]; readonly warnings: readonly Mistake[] } {
  const check = new JsonCheck(isUnknown);
  check.value(expression, {}, 1);
  if (check.errors.length === 0 && !Object.hasOwn(expression, "nodeType"))
    check.errors.push({
      path: "",
      message: `found an object without "nodeType", expected an expression in the form of pql/json, such as ${EXAMPLE}`,
    });
  return check;
}

const EXAMPLE = '{ nodeType: "fnApply", fnName: "=", params: [ … ] }';

class JsonCheck {
  readonly errors: Mistake[] = [];
  readonly warnings: Mistake[] = [];
  private values = 0;

  constructor(private readonly isUnknown: (value: unknown) => boolean) {}

  value(value: unknown, at: Position, depth: number): void {
    if (this.isUnknown(value) || this.values > MAX_VALUES) return;
    this.values += 1;
    if (this.values > MAX_VALUES) return this.error(at, `holds more than ${MAX_VALUES} values in all`);
    if (depth > MAX_CANONICAL_DEPTH) return this.error(at, `nested deeper than ${MAX_CANONICAL_DEPTH} levels`);
    const shape = shapeOf(value);
    if (shape.is === "foreign") return this.error(at, `found ${describeShape(shape)}, which JSON cannot represent`);
    if (isExactNumber(value))
      return this.error(at, `found ${describeShape(shape)}, which JavaScript would round; write it as a string`);
    if (shape.is === "object") this.object(shape, at, depth);
    if (shape.is === "list")
      for (let index = 0; index < shape.length; index += 1) this.entry(shape.value, index, at, depth);
  }

  private object(shape: Shape & { readonly is: "object" }, at: Position, depth: number): void {
    if (shape.keys.includes("nodeType")) this.node(shape, at);
    for (const key of shape.keys) this.entry(shape.value, key, at, depth);
  }

  private entry(container: object, key: Key, parent: Position, depth: number): void {
    const reading = read(container, key);
    if ("failure" in reading) this.error({ key, parent }, `cannot be read: ${reading.failure}`);
    else this.value(reading.value, { key, parent }, depth + 1);
  }

  private node({ value: node, keys }: Shape & { readonly is: "object" }, parent: Position): void {
    const at = (key: string) => ({ key, parent });
    const valueOf = (key: string) => (keys.includes(key) ? (Reflect.get(node, key) as unknown) : undefined);
    const type = valueOf("nodeType");
    if (this.isUnknown(type)) return;
    if (typeof type !== "string")
      return this.error(at("nodeType"), `found ${describeShape(shapeOf(type))}, expected a string such as "fnApply"`);
    const fields = Object.hasOwn(NODES, type) ? NODES[type] : undefined;
    if (!fields) {
      const nearest = nearestWord(type, NODE_TYPES);
      const advice = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
      this.warnings.push({
        path: pathTo(at("nodeType")),
        message: `found ${JSON.stringify(type)}, a kind of node that Adobe's samples do not have${advice}`,
      });
      return;
    }
    for (const [key, expected] of Object.entries(fields)) {
      const value = valueOf(key);
      if (this.isUnknown(value)) continue;
      const shape = value === undefined ? undefined : shapeOf(value);
      if (shape && (expected === "any" || shape.is === expected || shape.is === "foreign")) continue;
      const found = shape ? describeShape(shape) : "nothing";
      this.error(at(key), `found ${found}, expected ${EXPECTED[expected]}: a node "${type}" has one`);
    }
  }

  private error(at: Position, message: string): void {
    this.errors.push({ path: pathTo(at), message });
  }
}
