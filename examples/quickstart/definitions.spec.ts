import { readFileSync } from "node:fs";
import { test } from "node:test";
import { expectSegment, readEvents } from "pulumi-cja/definition";
import { bigSpenders, mobile, researchThenOrder } from "./definitions";

const events = readEvents(readFileSync("events.jsonl", "utf8"));

test("a tablet counts as mobile, a desktop does not", () => {
  expectSegment(mobile).on(events).toSelect(["anna", "carl"]);
});

test("a big spender spends the threshold in all sessions together", () => {
  expectSegment(bigSpenders(100)).on(events).toSelect(["anna", "carl"]);
});

test("an order counts in the week after a product page", () => {
  expectSegment(researchThenOrder).on(events).toSelect(["anna"]);
});
