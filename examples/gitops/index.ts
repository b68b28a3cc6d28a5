import * as pulumi from "@pulumi/pulumi";
import * as cja from "pulumi-cja";

// What differs between dev, stage and prod stands in Pulumi.<stack>.yaml, where a pull request shows it.
const config = new pulumi.Config();
const dataViewId = config.require("dataViewId");
/** Revenue from which a person counts as a big spender. */
const threshold = config.requireNumber("threshold");

const { dimension, hits, metric, segment, sequence, visitors, within } = cja;

const bigSpenders = new cja.Segment("big-spenders", {
  name: "Big spenders",
  description: `People who spent ${threshold} or more`,
  dataViewId,
  definition: segment(visitors(metric("revenue").isAtLeast(threshold))),
});

const researchThenOrder = new cja.Segment("research-then-order", {
  name: "Product page, then an order within a week",
  dataViewId,
  definition: segment(
    visitors(sequence(hits(dimension("page").contains("product")), within(1, "week"), hits(metric("orders").exists()))),
  ),
});

const evaluation = new cja.SegmentJob("evaluation", {
  // Audiences of Experience Platform, to be evaluated now instead of with the nightly schedule.
  segmentIds: ["54669488-03ab-4e0d-a694-37fe49e32be8", "6ae33d92-a5d8-4c6e-b7a4-d2a8b0f7a6c1"],
  // Runs are scarce: a pull request that changes `release` in a stack's file asks for one, and nothing else does.
  triggers: { release: config.require("release") },
});

export const segments = { bigSpenders: bigSpenders.id, researchThenOrder: researchThenOrder.id };
export const job = evaluation.id;
