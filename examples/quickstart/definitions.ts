import { dimension, hits, metric, segment, sequence, visitors, visits, within } from "pulumi-cja/definition";

// Without Pulumi, so that definitions.spec.ts can try them.

export const mobile = segment(visits(dimension("device_type").isIn(["Mobile Phone", "Tablet"])));

/** @param threshold revenue from which a person counts as a big spender */
export const bigSpenders = (threshold: number) => segment(visitors(metric("revenue").isAtLeast(threshold)));

export const researchThenOrder = segment(
  visitors(sequence(hits(dimension("page").contains("product")), within(1, "week"), hits(metric("orders").exists()))),
);
