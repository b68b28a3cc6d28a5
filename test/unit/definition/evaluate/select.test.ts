import { compile, evaluate, type SampleEvent } from "../../../../definition";
import { around } from "../samples";
import { container, hit, is, sequence } from "./events";

const event = (person: string, session: string, time: number, page: string): SampleEvent => ({
  person,
  session,
  time,
  values: { "variables/page": page },
});

/** Persons and sessions in no order; the session s is one of each person. */
const events = [
  event("b", "s", 20, "x"),
  event("a", "s", 50, "Cart"),
  event("b", "t", 30, "Cart"),
  event("a", "s", 10, "Home"),
  event("c", "s", 10, "Home"),
  event("b", "s", 10, "Home"),
];
const indexes = (found: readonly SampleEvent[]) => found.map((one) => events.indexOf(one));

test("what is selected keeps the order in which it was given, each session and person once", () => {
  const { events: found, sessions, persons } = evaluate(around(is("Cart"), "visitors"), events);
  expect(indexes(found)).toEqual([0, 1, 2, 3, 5]);
  expect(sessions).toEqual([
    { person: "b", session: "s" },
    { person: "a", session: "s" },
    { person: "b", session: "t" },
  ]);
  expect(persons).toEqual(["b", "a"]);
});

test("sessions of the same name are those of each person", () => {
  expect(evaluate(around(is("Cart"), "visits"), events).sessions).toEqual([
    { person: "a", session: "s" },
    { person: "b", session: "t" },
  ]);
});

test("events count by their time, at the same time as they were given", () => {
  expect(evaluate(around(sequence(hit("Home"), hit("Cart")), "visitors"), events).persons).toEqual(["b", "a"]);
  const same = ["Home", "Cart"].map((page) => event("d", "s", 5, page));
  const homeThenCart = around(sequence(hit("Home"), hit("Cart")), "visitors");
  expect(evaluate(homeThenCart, same).persons).toEqual(["d"]);
  expect(evaluate(homeThenCart, same.toReversed()).persons).toEqual([]);
});

test("nothing of one person, or of one call, is taken for another's", () => {
  const compiled = compile(around(container("visitors", is("Cart")), "hits"));
  const afterHome = compile(
    around({ func: "sequence-prefix", context: "visitors", stream: [hit("Home"), hit("Cart")] }, "hits"),
  );
  expect(indexes(compiled.select(events).events)).toEqual([0, 1, 2, 3, 5]);
  expect(indexes(afterHome.select(events).events)).toEqual([1, 2]);
  const persons = ["a", "b", "c"].map((name) => events.filter(({ person }) => person === name));
  expect(persons.map((own) => compiled.select(own).persons)).toEqual([["a"], ["b"], []]);
  expect(persons.map((own) => indexes(afterHome.select(own).events))).toEqual([[1], [2], []]);
});

test("no events", () => {
  expect(evaluate(around(is("Cart")), [])).toEqual({ events: [], sessions: [], persons: [] });
});
