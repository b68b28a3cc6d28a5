import * as pulumi from "@pulumi/pulumi";
import * as cja from "pulumi-cja";

// What differs between dev, stage and prod stands in Pulumi.<stack>.yaml, where a pull request shows it. Its keys begin with
// `segments:`, whatever the project is called.
const config = new pulumi.Config("segments");
const dataViewId = config.require("dataViewId");
/** Revenue from which a person counts as a big spender. */
const threshold = config.requireNumber("threshold");
/** Audiences of Experience Platform, to be evaluated now instead of with the nightly schedule. */
const audiences = config.getObject<string[]>("audiences");
if (audiences === undefined) {
  throw new pulumi.RunError(
    [
      `segments:audiences is not set for the stack ${pulumi.getStack()}. It lists the audiences that the segment job evaluates, by their IDs in`,
      "Experience Platform. Each run counts against your contract's quota, so nobody else can choose them. Set one ID after the other:",
      `  pulumi config set --stack ${pulumi.getStack()} --path 'segments:audiences[0]' ID`,
      "or, for a stack that runs no segment job:",
      `  pulumi config set --stack ${pulumi.getStack()} segments:audiences '[]'`,
    ].join("\n"),
  );
}

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

// Runs are scarce: a pull request that changes `release` or `audiences` in a stack's file asks for one, and nothing else does.
const evaluation =
  audiences.length === 0
    ? undefined
    : new cja.SegmentJob("evaluation", { segmentIds: audiences, triggers: { release: config.require("release") } });

export const segments = { bigSpenders: bigSpenders.id, researchThenOrder: researchThenOrder.id };
export const job = evaluation?.id;
