import type ts from "typescript";
import { MAX_CONSTANT_DEPTH, type SourceModule } from "./source-module";

/** An expression, and the module that says what its names stand for. */
interface Placed {
  readonly module: SourceModule;
  readonly node: ts.Expression;
}

/**
 * Whether two modules say the same with an expression, however they write it: layout, quotes, comments, order of keys, names of
 * constants and imports are no matter.
 */
export function isSameSource(a: Placed, b: Placed): boolean {
  const { ts } = a.module;
  const [left, right] = [a, b].map(({ module, node }) => module.resolved(node)) as [ts.Expression, ts.Expression];
  const [text, member] = [a.module.textOf(left), a.module.memberOf(left)];
  if (text !== undefined || member !== undefined)
    return text === b.module.textOf(right) && member === b.module.memberOf(right);
  const both = (x: ts.Expression, y: ts.Expression) => isSameSource({ ...a, node: x }, { ...b, node: y });
  const all = (xs: readonly ts.Expression[], ys: readonly ts.Expression[]) =>
    xs.length === ys.length && xs.every((x, i) => both(x, ys[i] as ts.Expression));
  if (ts.isObjectLiteralExpression(left) && ts.isObjectLiteralExpression(right)) {
    const [mine, theirs] = [keysOf(a.module, left), keysOf(b.module, right)];
    if (!mine || !theirs || mine.size !== theirs.size) return false;
    return [...mine].every((key) => {
      const [x, y] = [a.module.field(left, key), b.module.field(right, key)];
      return typeof x !== "string" && typeof y !== "string" && both(x, y);
    });
  }
  if (ts.isArrayLiteralExpression(left) && ts.isArrayLiteralExpression(right))
    return all(left.elements, right.elements);
  if (ts.isCallExpression(left) && ts.isCallExpression(right))
    return both(left.expression, right.expression) && all(left.arguments, right.arguments);
  if (ts.isPropertyAccessExpression(left) && ts.isPropertyAccessExpression(right))
    return left.name.text === right.name.text && both(left.expression, right.expression);
  if (ts.isPrefixUnaryExpression(left) && ts.isPrefixUnaryExpression(right))
    return left.operator === right.operator && left.operand.getText() === right.operand.getText();
  if (ts.isNumericLiteral(left) && ts.isNumericLiteral(right)) return Number(left.text) === Number(right.text);
  return left.kind === right.kind && left.getText() === right.getText();
}

/** Undefined where it cannot be told. */
function keysOf(module: SourceModule, object: ts.ObjectLiteralExpression): ReadonlySet<string> | undefined {
  const { ts } = module;
  const keys = object.properties.map((one) => (ts.isSpreadAssignment(one) ? undefined : module.keyOf(one)));
  return keys.includes(undefined) ? undefined : new Set(keys.filter((key) => key !== undefined));
}

/** Whether a name is one of a field. */
export const isKey = (ts: SourceModule["ts"], node: ts.Identifier): boolean =>
  (ts.isPropertyAccessExpression(node.parent) || ts.isPropertyAssignment(node.parent)) && node.parent.name === node;

/** Whether all of an expression can be read: it has no names but of the package, of constants, and of an exported `env.ts`. */
export function isStatic({ module, node }: Placed, depth = 0): boolean {
  if (depth > MAX_CONSTANT_DEPTH) return false;
  const { ts } = module;
  return [...module.nodes(node)].every((part) => {
    if (ts.isFunctionLike(part) || ts.isSpreadElement(part) || ts.isSpreadAssignment(part)) return false;
    if (!ts.isIdentifier(part) || isKey(ts, part) || EXPORTED_CONSTANTS.has(part.text)) return true;
    const meaning = module.meaningOf(part.text);
    return meaning?.is === "constant"
      ? isStatic({ module, node: meaning.value }, depth + 1)
      : module.memberOf(part) !== undefined;
  });
}

/** The two constants of an exported `env.ts`. */
const EXPORTED_CONSTANTS: ReadonlySet<string> = new Set(["undefined", "env", "adopted"]);
