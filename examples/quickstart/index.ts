import * as pulumi from "@pulumi/pulumi";
import * as cja from "pulumi-cja";

const config = new pulumi.Config();
const dataViewId = config.get("dataViewId") ?? "dv_prod";
/** Revenue from which a person counts as a big spender. */
const threshold = config.getNumber("threshold") ?? 100;
/** Audiences of Experience Platform, to be evaluated now instead of with the nightly schedule. */
const audiences = config.getObject<string[]>("audiences") ?? [
  "54669488-03ab-4e0d-a694-37fe49e32be8",
  "6ae33d92-a5d8-4c6e-b7a4-d2a8b0f7a6c1",
];

const deviceType = { func: "attr", name: "variables/device_type" };
const revenue = { func: "total", evt: { func: "event", name: "metrics/revenue" } };

const mobile = new cja.Segment("mobile", {
  name: "Mobile sessions",
  description: "Sessions on a phone or a tablet",
  dataViewId,
  definition: {
    func: "segment",
    version: [1, 0, 0],
    container: {
      func: "container",
      context: "visits",
      pred: { func: "streq-in", list: ["Mobile Phone", "Tablet"], val: deviceType },
    },
  },
});

const bigSpenders = new cja.Segment("big-spenders", {
  name: "Big spenders",
  description: `People who spent ${threshold} or more`,
  dataViewId,
  definition: {
    func: "segment",
    version: [1, 0, 0],
    container: { func: "container", context: "visitors", pred: { func: "ge", num: threshold, val: revenue } },
  },
});

/** One event of a person, as a step of a sequence. */
const step = (pred: object) => ({ func: "container", context: "hits", pred });

const researchThenOrder = new cja.Segment("research-then-order", {
  name: "Product page, then an order within a week",
  dataViewId,
  definition: {
    func: "segment",
    version: [1, 0, 0],
    container: {
      func: "container",
      context: "visitors",
      pred: {
        func: "sequence",
        stream: [
          step({ func: "contains", str: "product", val: { func: "attr", name: "variables/page" } }),
          { func: "time-restriction", limit: "within", count: 1, unit: "week" },
          step({ func: "event-exists", evt: { func: "event", name: "metrics/orders" } }),
        ],
      },
    },
  },
});

const evaluation = new cja.SegmentJob("evaluation", {
  segmentIds: audiences,
  // A job runs once. Another value here asks for another run: runs are scarce, so nothing else does.
  triggers: { release: config.get("release") ?? "1" },
});

export const segments = {
  mobile: mobile.id,
  bigSpenders: bigSpenders.id,
  researchThenOrder: researchThenOrder.id,
};
export const job = evaluation.id;
export const status = evaluation.status;
