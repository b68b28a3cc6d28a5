import { fc } from "../../properties";
import type {
  Attr,
  Checkpoint,
  Container,
  Context,
  Leaf,
  Metric,
  Modifier,
  NumericOperand,
  Predicate,
  SegmentDefinition,
  Sequence,
  Step,
} from "../../../definition";

/** Containers and junctions that nest in a generated definition. */
export const DEPTH = 8;

type Func<Of extends { readonly func: string }, Key extends string> = Extract<Of, Record<Key, unknown>>["func"];

const label = fc.string({ maxLength: 8 });
const described = { description: fc.oneof(label, fc.constant(null)) };
const text = fc.string({ maxLength: 6 });
const number = fc
  .oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }))
  // Larger whole numbers, and minus zero, are mistakes: see numbers.test.ts.
  .filter((value) => !Object.is(value, -0) && (Number.isSafeInteger(value) || !Number.isInteger(value)));
const id = fc.string({ minLength: 1, maxLength: 6 });
const contexts = fc.constantFrom<Context>("hits", "visits", "visitors");
const limit = fc.constantFrom("after" as const, "within" as const, "before" as const);
const count = fc.integer({ min: 1, max: 99 }).chain((value) => fc.constantFrom(value, String(value)));

/** A node whose listed fields are there, and whose other fields may be. */
function node<T>(
  required: Record<string, fc.Arbitrary<unknown>>,
  optional: Record<string, fc.Arbitrary<unknown>> = {},
) {
  return fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) }) as fc.Arbitrary<T>;
}

const model = fc.oneof(
  fc.constant({ func: "allocation-instance" }),
  node({ func: fc.constant("allocation-dedupedInstance"), context: fc.constantFrom("visitors", "sessions") }),
);
const attr = node<Attr>(
  { func: fc.constant("attr"), name: id.map((name) => `variables/${name}`) },
  { "allocation-model": fc.oneof(model, fc.constant(null)), ...described },
);
const metric = node<Metric>({ func: fc.constant("event"), name: id.map((name) => `metrics/${name}`) }, described);
const operand = fc.oneof(
  attr,
  node<NumericOperand>({ func: fc.constant("total"), evt: metric }),
  node<NumericOperand>({ func: fc.constant("total-distinct"), field: attr }),
);
const metricAttr = node<Attr>({ func: fc.constant("attr"), name: id.map((name) => `metrics/${name}`) }, described);

const leafOf = <F extends string>(funcs: readonly F[], fields: Record<string, fc.Arbitrary<unknown>>) =>
  node<Leaf>({ func: fc.constantFrom(...funcs), ...fields }, described);

/** Every comparison of the language but `segment-ref`, which warns. */
export const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  leafOf<Func<Leaf, "str">>(
    [
      ...(["streq", "not-streq", "strlt", "strgt", "strle", "strge", "contains", "not-contains"] as const),
      ...(["starts-with", "not-starts-with", "ends-with", "not-ends-with"] as const),
    ],
    { str: text, val: attr },
  ),
  leafOf<Func<Leaf, "list">>(
    [
      ...(["streq-in", "not-streq-in", "contains-any-of", "contains-all-of"] as const),
      ...(["not-contains-any-of", "not-contains-all-of"] as const),
    ],
    { list: fc.array(text, { minLength: 1, maxLength: 4 }), val: attr },
  ),
  leafOf<Func<Leaf, "list">>(["eq-any-of", "not-eq-any-of", "eq-in", "not-eq-in"], {
    list: fc.array(number, { minLength: 1, maxLength: 4 }),
    val: operand,
  }),
  leafOf<Func<Leaf, "num">>(["eq", "not-eq", "gt", "lt", "ge", "le"], { num: number, val: operand }),
  leafOf(["matches", "not-matches"], { glob: text, val: attr }),
  leafOf(["matches-regex"], { regex: text, val: attr }),
  leafOf(["exists", "not-exists"], { val: attr }),
  leafOf(["event-exists", "not-event-exists"], { evt: metric }),
  leafOf(["range"], { low: number, high: fc.oneof(number, fc.constant(null)), val: fc.oneof(metricAttr, operand) }),
  leafOf(["datetime-within"], {
    "interval-value": node({ func: fc.constant("datetime-interval-ref"), id }, described),
  }),
);

const unit = fc.constantFrom("minute", "hour", "day", "week", "month", "quarter", "year");
const modifier: fc.Arbitrary<Modifier> = fc.oneof(
  node<Modifier>({ func: fc.constant("time-restriction"), limit, count, unit }, { container: contexts }),
  node<Modifier>({
    func: fc.constant("container-restriction"),
    limit,
    count,
    container: fc.constantFrom("hits", "visits"),
  }),
  node<Modifier>({ func: fc.constant("dimension-restriction"), limit, count, attribute: attr }),
  fc.constant<Modifier>({ func: "exclude-next-checkpoint" }),
);

function container(depth: number, context = contexts): fc.Arbitrary<Container> {
  const any = node<Container>({ func: fc.constant("container"), context, pred: predicate(depth - 1) }, described);
  // A sequence right under hits warns.
  return any.map((node) =>
    node.context === "hits" && node.pred.func === "sequence" ? { ...node, context: "visits" } : node,
  );
}

function checkpoint(depth: number): fc.Arbitrary<Checkpoint> {
  const step = container(depth, fc.constantFrom("hits", "visits"));
  if (depth <= 0) return step;
  const group = node<Checkpoint>({
    func: fc.constantFrom("sequence-and", "sequence-or"),
    checkpoints: fc.array(checkpoint(depth - 2), { minLength: 1, maxLength: 3 }),
  });
  return fc.oneof({ arbitrary: step, weight: 3 }, { arbitrary: group, weight: 1 });
}

function sequence(depth: number): fc.Arbitrary<Sequence> {
  const entry = fc.oneof<fc.Arbitrary<Step>[]>(checkpoint(depth - 1), modifier);
  const stream = fc
    .tuple(checkpoint(depth - 1), fc.array(entry, { maxLength: 3 }), fc.boolean())
    .map(([first, rest, last]) => (last ? [...rest, first] : [first, ...rest]));
  return fc.oneof(
    node<Sequence>({ func: fc.constant("sequence"), stream }, { context: fc.oneof(contexts, fc.constant(null)) }),
    node<Sequence>({ func: fc.constantFrom("sequence-prefix", "sequence-suffix"), stream, context: contexts }),
  );
}

const predicates = new Map<number, fc.Arbitrary<Predicate>>();

/** A condition of at most this depth. Built once for each depth: building one anew is most of a test's time. */
export function predicate(depth: number): fc.Arbitrary<Predicate> {
  if (depth <= 0) return leaf;
  const known = predicates.get(depth);
  if (known !== undefined) return known;
  const inner = fc.oneof({ arbitrary: fc.constant(0), weight: 1 }, { arbitrary: fc.constant(depth - 1), weight: 2 });
  const below = inner.chain((next) => predicate(next));
  const made: fc.Arbitrary<Predicate> = fc.oneof(
    { arbitrary: leaf, weight: 2 },
    { arbitrary: fc.constant(depth).chain(container), weight: 2 },
    {
      arbitrary: node<Predicate>({
        func: fc.constantFrom("and", "or"),
        preds: fc.array(below, { minLength: 1, maxLength: 3 }),
      }),
      weight: 3,
    },
    { arbitrary: node<Predicate>({ func: fc.constantFrom("without", "not"), pred: below }), weight: 1 },
    { arbitrary: fc.constant(depth).chain(sequence), weight: 1 },
    { arbitrary: fc.constant(depth).chain(checkpoint), weight: 1 },
  );
  predicates.set(depth, made);
  return made;
}

/** A definition that says nothing wrong, in either spelling of the root. */
export const definition: fc.Arbitrary<SegmentDefinition> = fc
  .tuple(
    fc.integer({ min: 1, max: DEPTH }).chain((depth) => container(depth)),
    fc.boolean(),
  )
  .map(([container, guide]): SegmentDefinition => {
    const version = [1, 0, 0] as const;
    return guide
      ? { container: { ...container, func: "segment" }, func: "segment-def", version }
      : { func: "segment", version, container };
  });
