import * as pulumi from "@pulumi/pulumi";
import {
  all,
  dimension,
  distinctCount,
  hits,
  inAnyOrder,
  metric,
  raw,
  segment,
  sequence,
  visitors,
  visits,
  within,
  without,
} from "../../../../definition";

const page = dimension("page");
const home = page.is("Home");

/* eslint-disable @typescript-eslint/no-unsafe-call -- what does not compile has no type */

/** What must not compile: `npm run typecheck` fails where one of these lines does. They are never run. */
export function wrong(): void {
  // @ts-expect-error a metric is not compared with text
  metric("orders").is("5");
  // @ts-expect-error nor with a number as text
  metric("orders").isAtLeast("5");
  // @ts-expect-error a distinct count is a number
  distinctCount(page).is("Home");
  // @ts-expect-error what is counted is a dimension
  distinctCount(metric("orders"));
  // @ts-expect-error a text is not compared with a number
  page.is(5);
  // @ts-expect-error one text is no list
  page.isIn("Home");
  // @ts-expect-error a visitor container cannot be a step
  sequence(hits(home), visitors(home));
  // @ts-expect-error nor stand in a group of steps
  inAnyOrder(hits(home), visitors(home));
  // @ts-expect-error a comparison is no step: it needs a container
  sequence(home, hits(home));
  // @ts-expect-error a sequence is no step
  sequence(sequence(hits(home)));
  // @ts-expect-error a restriction is no condition
  all(home, within(3, "days"));
  // @ts-expect-error a restriction cannot be negated
  without(within(3, "days"));
  // @ts-expect-error there is no such unit
  within(3, "fortnights");
  // @ts-expect-error a count is a number
  within("3", "days");
  // @ts-expect-error the outermost is a container
  segment(home);
  // @ts-expect-error a dimension alone says nothing
  visits(page);
  // @ts-expect-error a metric alone says nothing
  visits(metric("orders"));
  // @ts-expect-error there is no such attribution
  dimension("page", { attribution: "first" });
}

test("what is right compiles", () => {
  const output = pulumi.output("Home");
  const definition = segment(
    visitors(
      all(
        sequence(hits(home), within(3, "days"), visits(raw({ func: "new" })), raw({ func: "new-restriction" })),
        dimension(output).is(output),
        metric(output).isAtLeast(pulumi.output(5)),
        raw({ func: "new" }),
      ),
    ),
  );
  expect(definition).toMatchObject({ func: "segment", version: [1, 0, 0] });
});

test("an option that is undefined is not written", () => {
  expect(within(3, "days", { container: undefined })).toStrictEqual(within(3, "days"));
  expect(within(3, "days", { container: "hits" })).toMatchObject({ container: "hits" });
});
