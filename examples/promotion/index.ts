import * as pulumi from "@pulumi/pulumi";
import * as cja from "pulumi-cja";

const { dimension, hits, metric, segment, sequence, visitors, visits, within } = cja;

/** The IDs of this stack's environment, from environments.yaml. */
const env = cja.Environment.load();

const page = dimension(env.dimension("page"));
const orders = metric(env.metric("orders"));
const dataViewId = env.dataView("web");

const buyers = new cja.Segment("buyers", {
  name: "Buyers",
  description: "Visits with an order",
  dataViewId,
  definition: segment(visits(orders.isAtLeast(1))),
});

const readBeforeBuying = new cja.Segment("read-before-buying", {
  name: "Read before buying",
  dataViewId,
  definition: segment(visitors(sequence(hits(page.contains("guide")), within(1, "week"), hits(orders.exists())))),
});

// A definition as it was saved from the UI, with a logical name in the place of the ID.
const onPhones = new cja.Segment("on-phones", {
  name: "On phones",
  dataViewId,
  definition: env.rebind({
    func: "segment",
    version: [1, 0, 0],
    container: {
      func: "container",
      context: "visits",
      pred: { func: "streq", str: "Phone", val: { func: "attr", name: "variables/{device}" } },
    },
  }),
});

// Audiences belong to a sandbox, and have another ID in each. They name each other by their outputs.
const sandbox = env.sandbox("main");
const mergePolicy = env.mergePolicy("web");

const customers = new cja.Audience("customers", {
  name: "Customers",
  expression: 'loyalty.status = "member"',
  mergePolicy,
  sandbox,
});

const loyalCustomers = new cja.Audience("loyal-customers", {
  name: "Loyal customers",
  expression: pulumi.interpolate`inSegment("${customers.id}") and loyalty.tier = "gold"`,
  mergePolicy,
  sandbox,
});

// Each run counts against your contract's quota, so a stack has none until it is asked for: pulumi config set segments:release 2026-11
const release = new pulumi.Config("segments").get("release");
const evaluation =
  release === undefined
    ? undefined
    : new cja.SegmentJob("evaluation", {
        // The buyers are another team's.
        segmentIds: [customers.id, loyalCustomers.id, env.audience("buyers")],
        sandbox,
        triggers: { release },
      });

export const segments = { buyers: buyers.id, readBeforeBuying: readBeforeBuying.id, onPhones: onPhones.id };
export const audiences = { customers: customers.id, loyalCustomers: loyalCustomers.id };
export const job = evaluation?.id;
