import * as pulumi from "@pulumi/pulumi";
import * as cja from "pulumi-cja";
import * as definitions from "./definitions";

// `pulumi config set segments:dataViewId …`, whatever the project is called.
const config = new pulumi.Config("segments");
const dataViewId = config.require("dataViewId");
/** Revenue from which a person counts as a big spender. */
const threshold = config.getNumber("threshold") ?? 100;
/** IDs of audiences of Experience Platform, to be evaluated now instead of with the nightly schedule. None: no job is run. */
const audiences = config.getObject<string[]>("audiences") ?? [];

const mobile = new cja.Segment("mobile", {
  name: "Mobile sessions",
  description: "Sessions on a phone or a tablet",
  dataViewId,
  definition: definitions.mobile,
});

const bigSpenders = new cja.Segment("big-spenders", {
  name: "Big spenders",
  description: `People who spent ${threshold} or more`,
  dataViewId,
  definition: definitions.bigSpenders(threshold),
});

const researchThenOrder = new cja.Segment("research-then-order", {
  name: "Product page, then an order within a week",
  dataViewId,
  definition: definitions.researchThenOrder,
});

// A job runs once. Another release, or other audiences, ask for another run: runs are scarce, so nothing else does.
const triggers = { release: config.get("release") ?? "1" };
const evaluation =
  audiences.length === 0 ? undefined : new cja.SegmentJob("evaluation", { segmentIds: audiences, triggers });

export const segments = {
  mobile: mobile.id,
  bigSpenders: bigSpenders.id,
  researchThenOrder: researchThenOrder.id,
};
export const job = evaluation?.id;
export const status = evaluation?.status;
