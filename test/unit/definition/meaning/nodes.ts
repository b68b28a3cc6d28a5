/** Nodes of definitions, in fewer words than JSON and without the builder, which has tests of its own. */
type Node = Readonly<Record<string, unknown>>;

export const page = { func: "attr", name: "variables/page" };
export const tag = { func: "attr", name: "variables/tag" };
export const orders = { func: "event", name: "metrics/orders" };
export const total = (id: string): Node => ({ func: "total", evt: { func: "event", name: `metrics/${id}` } });

/** A dimension by another allocation model than the usual one. */
export const allocated = (model: Node, name = "variables/page"): Node => ({
  func: "attr",
  name,
  "allocation-model": model,
});

export const container = (context: string, pred: unknown): Node => ({ func: "container", context, pred });
export const segment = (context: string, pred: unknown): Node => ({
  func: "segment",
  version: [1, 0, 0],
  container: container(context, pred),
});

export const is = (str: string): Node => ({ func: "streq", str, val: page });
export const hit = (str: string): Node => container("hits", is(str));
export const session = (str: string): Node => container("visits", is(str));
export const and = (...preds: readonly unknown[]): Node => ({ func: "and", preds });
export const or = (...preds: readonly unknown[]): Node => ({ func: "or", preds });
export const without = (pred: unknown): Node => ({ func: "without", pred });

export const sequence = (...stream: readonly unknown[]): Node => ({ func: "sequence", stream });
/** Persons who have a sequence. */
export const persons = (...stream: readonly unknown[]): Node => segment("visitors", sequence(...stream));
export const group = (func: "sequence-and" | "sequence-or", ...checkpoints: readonly unknown[]): Node => ({
  func,
  checkpoints,
});
export const except = { func: "exclude-next-checkpoint" };
export const time = (limit: string, count: number, unit: string): Node => ({
  func: "time-restriction",
  limit,
  count,
  unit,
});
export const steps = (limit: string, count: number, container?: "hits" | "visits"): Node => ({
  func: "container-restriction",
  limit,
  count,
  ...(container && { container }),
});
export const changes = (limit: string, count: number, attribute: unknown = page): Node => ({
  func: "dimension-restriction",
  limit,
  count,
  attribute,
});
