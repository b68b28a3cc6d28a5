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

const deviceType = cja.dimension("device_type");

const mobile = new cja.Segment("mobile", {
  name: "Mobile sessions",
  description: "Sessions on a phone or a tablet",
  dataViewId,
  definition: cja.segment(cja.visits(deviceType.isIn(["Mobile Phone", "Tablet"]))),
});

const bigSpenders = new cja.Segment("big-spenders", {
  name: "Big spenders",
  description: `People who spent ${threshold} or more`,
  dataViewId,
  definition: cja.segment(cja.visitors(cja.metric("revenue").isAtLeast(threshold))),
});

const researchThenOrder = new cja.Segment("research-then-order", {
  name: "Product page, then an order within a week",
  dataViewId,
  definition: cja.segment(
    cja.visitors(
      cja.sequence(
        cja.hits(cja.dimension("page").contains("product")),
        cja.within(1, "week"),
        cja.hits(cja.metric("orders").exists()),
      ),
    ),
  ),
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
