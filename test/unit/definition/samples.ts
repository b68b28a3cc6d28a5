/** The definitions that the segments guide prints. */
export const MOBILE = {
  container: {
    func: "segment",
    context: "hits",
    pred: {
      func: "exists",
      description: "Mobile Device Type exists",
      val: { func: "attr", name: "variables/mobiledevicetype" },
    },
  },
  func: "segment-def",
  version: [1, 0, 0],
};

export const REVENUE = {
  container: {
    func: "segment",
    context: "visits",
    pred: {
      func: "range",
      description: "Revenue greater than 500",
      val: { func: "attr", name: "metrics/revenue" },
      low: 500,
      high: null,
    },
  },
  func: "segment-def",
  version: [1, 0, 0],
};

/** The one that the OpenAPI document prints. */
export const PAGE_EXISTS = {
  func: "segment",
  container: {
    func: "container",
    context: "hits",
    pred: { func: "exists", description: "Page", val: { func: "attr", name: "variables/page" } },
  },
  version: [1, 0, 0],
};

/** A dimension and a metric. */
export const page = { func: "attr", name: "variables/page" };
export const orders = { func: "event", name: "metrics/orders" };

/** A condition and a step that are right. */
export const exists = { func: "exists", val: page };
export const step = { func: "container", context: "hits", pred: exists };

/** A definition around one condition, which then stands at `container.pred`. */
export function around(pred: unknown, context = "visits"): Record<string, unknown> {
  return { func: "segment", version: [1, 0, 0], container: { func: "container", context, pred } };
}

/** A definition around a sequence's stream, which then stands at `container.pred.stream`. */
export function sequenceOf(...stream: readonly unknown[]): Record<string, unknown> {
  return around({ func: "sequence", stream });
}

/** A JSON value, open to any change. */
export type Mutable = Record<string | number, unknown>;

/** A copy with another value at a path; undefined deletes what is there. */
export function withAt(json: unknown, path: readonly (string | number)[], value: unknown): unknown {
  const copy = structuredClone(json);
  const last = path.at(-1);
  if (last === undefined) return value;
  const parent = path.slice(0, -1).reduce((at, key) => at[key] as Mutable, copy as Mutable);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return copy;
}
