import { allocated, and, container, hit, is, or, orders, page, segment, tag, total, without } from "../nodes";
import { API, BUILDER, CONTAINERS, DECIDED, GUIDE, OPERATORS, type Row } from "./row";

const STANDARD = OPERATORS("standard-operators");
const WAREHOUSE = OPERATORS("data-warehouse-operators");
const DISTINCT = OPERATORS("distinct-count-operators");
const GROUPING = API("grouping-functions");
const STRINGS = API("string-functions");
const NUMBERS = API("numeric-functions");
const EVENTS = API("event-functions");

const text = (func: string, str: string, val: unknown = page) => segment("hits", { func, str, val });
const texts = (func: string, list: readonly string[], val: unknown = page) => segment("hits", { func, list, val });
const num = (func: string, value: number, val: unknown, context = "hits") =>
  segment(context, { func, num: value, val });
const nums = (func: string, list: readonly number[], val: unknown, context = "hits") =>
  segment(context, { func, list, val });
const distinct = (val: unknown) => ({ func: "total-distinct", field: val });

/** Containers, and what stands between conditions. */
const LOGIC: readonly Row[] = [
  {
    func: "container",
    page: CONTAINERS("reports"),
    what: "events",
    definition: segment("hits", is("Coat")),
    events: "Home [Coat] Buy | [Coat] ; Home",
  },
  {
    func: "container",
    page: CONTAINERS("reports"),
    what: "sessions",
    definition: segment("visits", is("Coat")),
    events: "[Home Coat Buy] | Home Hats ; Home",
  },
  {
    func: "container",
    page: CONTAINERS("reports"),
    what: "persons",
    definition: segment("visitors", is("Coat")),
    events: "[Home Coat Buy | Home Hats] ; Home",
  },
  {
    func: "container",
    page: CONTAINERS("nest-containers"),
    what: "two conditions on one event inside a session",
    definition: segment("visits", container("hits", and(is("Coat"), { func: "streq", str: "red", val: tag }))),
    events: "Coat Home{tag=red} | [Home Coat{tag=red}]",
  },
  {
    func: "container",
    page: CONTAINERS("nest-containers"),
    what: "the same without the inner container, on any events of the session",
    definition: segment("visits", and(is("Coat"), { func: "streq", str: "red", val: tag })),
    events: "[Coat Home{tag=red}] | [Home Coat{tag=red}] | Coat",
  },
  {
    func: "container",
    page: DECIDED,
    what: "a wider one is the whole session or person around",
    definition: segment("hits", and(is("Home"), container("visits", is("Buy")), container("visitors", is("Coat")))),
    events: "[Home] Buy | Coat Home ; Home Buy",
  },
  {
    func: "container",
    page: DECIDED,
    what: "the UI's words",
    definition: segment("person", container("session", is("Coat"))),
    events: "[Home | Coat] ; Home",
  },
  {
    func: "container",
    page: DECIDED,
    what: "sessions of two persons may have one name",
    definition: segment("visits", is("Coat")),
    events: "[Coat] ; Home ; [Coat Home]",
  },
  {
    func: "segment",
    page: GUIDE,
    definition: {
      func: "segment-def",
      version: [1, 0, 0],
      container: { func: "segment", context: "visits", pred: is("Coat") },
    },
    events: "Home | [Coat Home]",
  },
  {
    func: "and",
    page: GROUPING,
    definition: segment("visits", and(is("Coat"), is("Buy"))),
    events: "Coat | [Buy Home Coat] | Buy",
  },
  {
    func: "or",
    page: GROUPING,
    definition: segment("visits", or(is("Coat"), is("Buy"))),
    events: "[Coat] | Home | [Buy Home]",
  },
  {
    func: "without",
    page: `${GROUPING}; Identify non-purchasers`,
    what: "persons",
    definition: segment("visitors", without({ func: "event-exists", evt: orders })),
    events: "Home Buy{orders=1} | Home ; [Home | Home]",
  },
  {
    func: "without",
    page: `${GROUPING}; Exclude pages`,
    what: "events",
    definition: segment("hits", without(is("Home"))),
    events: "Home [Coat] Home [-]",
  },
  {
    func: "without",
    page: DECIDED,
    what: "no event of the session, unlike the comparison with not-",
    definition: segment("visits", without(is("Home"))),
    events: "Home Coat | [Coat]",
  },
  {
    func: "not",
    page: DECIDED,
    definition: segment("visits", { func: "not", pred: is("Home") }),
    events: "Home Coat | [Coat -]",
  },
];

/** Comparisons of text. Of several values some must satisfy a condition, and some must not satisfy what follows `not-`. */
const TEXT: readonly Row[] = [
  { func: "streq", page: STANDARD, definition: text("streq", "Home"), events: "[Home] home Home2 -" },
  {
    func: "streq",
    page: DECIDED,
    what: "an empty text is a value",
    definition: text("streq", "", tag),
    events: "[A{tag=}] A{tag=null} A{tag=()} A [A{tag=x+}]",
  },
  {
    func: "streq",
    page: DECIDED,
    what: "numbers and booleans as they are written",
    definition: segment("hits", or({ func: "streq", str: "5", val: tag }, { func: "streq", str: "true", val: tag })),
    events: "[A{tag=5}] [A{tag='5'}] A{tag='5.0'} [A{tag=true}]",
  },
  { func: "not-streq", page: STANDARD, definition: text("not-streq", "Home"), events: "Home [home] [-]" },
  {
    func: "not-streq",
    page: DECIDED,
    what: "some value is another",
    definition: text("not-streq", "x", tag),
    events: "A{tag=x} [A{tag=x+y}] [A{tag=y}] [A{tag=()}]",
  },
  {
    func: "not-streq",
    page: DECIDED,
    what: "some event of the session",
    definition: segment("visits", { func: "not-streq", str: "Home", val: page }),
    events: "Home | [Home Coat] | [Home -]",
  },
  { func: "strlt", page: STRINGS, definition: text("strlt", "b"), events: "[a] b c [B] -" },
  { func: "strle", page: STRINGS, definition: text("strle", "b"), events: "[a] [b] c ba" },
  { func: "strgt", page: STRINGS, definition: text("strgt", "b"), events: "a b [c] [ba] B" },
  { func: "strge", page: STRINGS, definition: text("strge", "b"), events: "a [b] [c] -" },
  {
    func: "contains",
    page: STANDARD,
    definition: text("contains", "Search"),
    events: "[Search_Results] [Search] [Searching] search -",
  },
  {
    func: "not-contains",
    page: STANDARD,
    definition: text("not-contains", "Search"),
    events: "Search_Results Search Searching [search] [-]",
  },
  {
    func: "starts-with",
    page: STANDARD,
    definition: text("starts-with", "Home"),
    events: "[Home] [Homepage] home MyHome",
  },
  {
    func: "not-starts-with",
    page: STANDARD,
    definition: text("not-starts-with", "Home"),
    events: "Home Homepage [home] [MyHome] [-]",
  },
  {
    func: "ends-with",
    page: STANDARD,
    definition: text("ends-with", "page"),
    events: "[page] [Homepage] HomePage pages",
  },
  {
    func: "not-ends-with",
    page: STANDARD,
    definition: text("not-ends-with", "page"),
    events: "page Homepage [HomePage] [pages] [-]",
  },
  {
    func: "streq-in",
    page: STANDARD,
    definition: texts("streq-in", ["Results", "Home"]),
    events: "[Results] [Home] HomePage results",
  },
  {
    func: "not-streq-in",
    page: STANDARD,
    definition: texts("not-streq-in", ["Results", "Home"]),
    events: "Results Home [HomePage] [results] [-]",
  },
  {
    func: "contains-any-of",
    page: STANDARD,
    definition: texts("contains-any-of", ["Search", "Results"]),
    events: "[Search_Results] [Results_of_Search] [Search] [Results] results Home",
  },
  {
    func: "contains-all-of",
    page: STANDARD,
    definition: texts("contains-all-of", ["Search", "Results"]),
    events: "[Search_Results] [Results_of_Search] Search Results",
  },
  {
    func: "contains-all-of",
    page: DECIDED,
    what: "in one value",
    definition: texts("contains-all-of", ["x", "y"], tag),
    events: "A{tag=x+y} [A{tag=z+yx}]",
  },
  {
    func: "not-contains-any-of",
    page: STANDARD,
    definition: texts("not-contains-any-of", ["Search", "Results"]),
    events: "Search_Results Results_of_Search Search Results [results] [-]",
  },
  {
    func: "not-contains-all-of",
    page: STANDARD,
    definition: texts("not-contains-all-of", ["Search", "Results"]),
    events: "Search_Results Results_of_Search [Search] [Results] [-]",
  },
  {
    func: "matches",
    page: STANDARD,
    what: "a*e",
    definition: segment("hits", { func: "matches", glob: "a*e", val: page }),
    events: "[ae] [abcde] [adobe] adobes Ae",
  },
  {
    func: "matches",
    page: STANDARD,
    what: "adob*",
    definition: segment("hits", { func: "matches", glob: "adob*", val: page }),
    events: "[adobe] [adobe_analytics] [adobo_recipe] ado",
  },
  {
    func: "matches",
    page: STANDARD,
    what: "*dobe",
    definition: segment("hits", { func: "matches", glob: "*dobe", val: page }),
    events: "[dobe] [adobe] [cute_little_dobe] dobes",
  },
  {
    func: "matches",
    page: OPERATORS("wildcards"),
    what: "a star itself",
    definition: segment("hits", { func: "matches", glob: "My \\* product", val: tag }),
    events: "[A{tag=My * product}] A{tag=My cool product}",
  },
  {
    func: "matches",
    page: DECIDED,
    what: "nothing else is special",
    definition: segment("hits", { func: "matches", glob: "a.c?", val: page }),
    events: "[a.c?] abc abcd",
  },
  {
    func: "not-matches",
    page: STANDARD,
    definition: segment("hits", { func: "not-matches", glob: "a*e", val: page }),
    events: "ae adobe [adobes] [-]",
  },
  {
    func: "matches-regex",
    page: DECIDED,
    definition: segment("hits", { func: "matches-regex", regex: "^[ab]|d$", val: page }),
    events: "[abc] [xyd] xyz A",
  },
  {
    func: "exists",
    page: STANDARD,
    definition: segment("hits", { func: "exists", val: tag }),
    events: "[A{tag=x}] A A{tag=null} A{tag=()} [A{tag=}] [A{~tag=x}]",
  },
  {
    func: "not-exists",
    page: STANDARD,
    definition: segment("hits", { func: "not-exists", val: tag }),
    events: "A{tag=x} [A] [A{tag=null}] [A{tag=()}] A{tag=} A{~tag=x}",
  },
  {
    func: "not-exists",
    page: DECIDED,
    what: "on some event of the session",
    definition: segment("visits", { func: "not-exists", val: tag }),
    events: "[A{tag=x} A] | A{tag=x} A{tag=y}",
  },
];

/** Comparisons with numbers, and metrics. */
const NUMBER: readonly Row[] = [
  {
    func: "eq",
    page: NUMBERS,
    definition: num("eq", 5, tag),
    events: "[A{tag=5}] [A{tag='5.0'}] A{tag=6} A{tag=five} A{tag=} A [A{tag=x+5}] A{tag=true}",
  },
  {
    func: "not-eq",
    page: NUMBERS,
    definition: num("not-eq", 5, tag),
    events: "A{tag=5} A{tag='5.0'} [A{tag=6}] [A{tag=five}] [A] [A{tag=5+6}]",
  },
  {
    func: "gt",
    page: WAREHOUSE,
    definition: num("gt", 5, tag),
    events: "A{tag=5} [A{tag=5.5}] A{tag=x} A [A{tag='10'}]",
  },
  { func: "ge", page: WAREHOUSE, definition: num("ge", 5, tag), events: "[A{tag=5}] [A{tag=6}] A{tag=4.9} A" },
  { func: "lt", page: WAREHOUSE, definition: num("lt", 5, tag), events: "A{tag=5} [A{tag=4.9}] A{tag=} A [A{tag=-1}]" },
  { func: "le", page: WAREHOUSE, definition: num("le", 5, tag), events: "[A{tag=5}] A{tag=5.1} [A{tag=0}] A" },
  {
    func: "eq-any-of",
    page: NUMBERS,
    definition: nums("eq-any-of", [1, 2], tag),
    events: "[A{tag=1}] [A{tag='2'}] A{tag=3} A",
  },
  {
    func: "not-eq-any-of",
    page: NUMBERS,
    definition: nums("not-eq-any-of", [1, 2], tag),
    events: "A{tag=1} A{tag='2'} [A{tag=3}] [A] [A{tag=1+3}]",
  },
  {
    func: "eq-in",
    page: DECIDED,
    definition: nums("eq-in", [1, 2], total("orders"), "visits"),
    events: "[A{orders=1} A{orders=1}] | A{orders=3} | A",
  },
  {
    func: "not-eq-in",
    page: DECIDED,
    definition: nums("not-eq-in", [1, 2], total("orders"), "visits"),
    events: "A{orders=1} A{orders=1} | [A{orders=3}] | [A]",
  },
  {
    func: "event",
    page: EVENTS,
    what: "it exists where it is not 0",
    definition: segment("hits", { func: "event-exists", evt: orders }),
    events: "[A{orders=1}] A{orders=0} A A{orders=null} [A{orders=2}]",
  },
  {
    func: "event-exists",
    page: EVENTS,
    definition: segment("visits", { func: "event-exists", evt: orders }),
    events: "[A A{orders=2}] | A{orders=0} | A",
  },
  {
    func: "not-event-exists",
    page: EVENTS,
    definition: segment("hits", { func: "not-event-exists", evt: orders }),
    events: "A{orders=1} [A{orders=0}] [A]",
  },
  {
    func: "not-event-exists",
    page: DECIDED,
    what: "on some event of the session",
    definition: segment("visits", { func: "not-event-exists", evt: orders }),
    events: "A{orders=1} | [A{orders=1} A]",
  },
  {
    func: "total",
    page: EVENTS,
    what: "over the session",
    definition: num("ge", 3, total("orders"), "visits"),
    events: "[A{orders=1} A{orders=2}] | A{orders=2} A | A{orders=2}",
  },
  {
    func: "total",
    page: EVENTS,
    what: "over the person",
    definition: num("ge", 3, total("orders"), "visitors"),
    events: "[A{orders=1} | A{orders=2}] ; A{orders=2} | A",
  },
  {
    func: "total",
    page: EVENTS,
    what: "over the event",
    definition: num("ge", 3, total("orders")),
    events: "A{orders=1} [A{orders=3}] A",
  },
  {
    func: "total",
    page: DECIDED,
    what: "a metric that is missing is 0",
    definition: num("eq", 0, total("orders"), "visits"),
    events: "[A] | A{orders=1} | [A{orders=0} A]",
  },
  {
    func: "total",
    page: DECIDED,
    what: "lists are summed; true is 1; text is its number, or 0",
    definition: num("eq", 3, total("orders")),
    events: "[A{orders=1+2}] [A{orders=2+true}] [A{orders='3'}] A{orders=three} [A{orders=3+x}]",
  },
  {
    func: "total",
    page: DECIDED,
    what: "each event occurs once",
    definition: num("eq", 2, total("occurrences"), "visits"),
    events: "[A A] | A | A A A | [A{occurrences=2}]",
  },
  {
    func: "total",
    page: DECIDED,
    what: "sessions are counted",
    definition: num("eq", 2, total("visits"), "visitors"),
    events: "[A | A A] ; A A",
  },
  {
    func: "total",
    page: DECIDED,
    what: "a person is one",
    definition: num("eq", 1, total("visitors"), "visits"),
    events: "[A | A A] ; [A]",
  },
  {
    func: "total-distinct",
    page: DISTINCT,
    definition: num("gt", 1, distinct(page), "visits"),
    events: "A A | [A B] | - A | A",
  },
  {
    func: "total-distinct",
    page: DISTINCT,
    what: "over the person",
    definition: num("eq", 2, distinct(page), "visitors"),
    events: "[A A | B] ; A | A",
  },
  {
    func: "total-distinct",
    page: DECIDED,
    what: "values of lists, and those that persist",
    definition: num("eq", 3, distinct(tag), "visits"),
    events: "[A{tag=x+y} A{tag=y,~tag=z}] | A{tag=x+y+x} | [A{tag=1+2} A{tag='1'+3}]",
  },
  {
    func: "range",
    page: GUIDE,
    what: "a metric",
    definition: segment("visits", {
      func: "range",
      val: { func: "attr", name: "metrics/revenue" },
      low: 500,
      high: null,
    }),
    events: "[A{revenue=300} A{revenue=200}] | A{revenue=499} | A",
  },
  {
    func: "range",
    page: DECIDED,
    what: "a dimension",
    definition: segment("hits", { func: "range", val: tag, low: 2, high: 4 }),
    events: "A{tag=1} [A{tag=2}] [A{tag=4}] A{tag=5} A{tag=x} [A{tag=1+3}]",
  },
  {
    func: "range",
    page: DECIDED,
    what: "up to a bound",
    definition: segment("visits", { func: "range", val: total("orders"), high: 1 }),
    events: "[A] | [A{orders=1}] | A{orders=2}",
  },
];

const instance = { func: "allocation-instance" };
const nonRepeating = (context: string) => ({ func: "allocation-dedupedInstance", context });
// The example of Adobe's page: the fourth event's page only persists.
const WOMEN = ["Women", "Men", "Women", "-{~page=Women}", "Checkout", "Women", "Home"];
const women = (selected: readonly number[]) =>
  WOMEN.map((event, index) => (selected.includes(index + 1) ? `[${event}]` : event)).join(" ");

const ALLOCATION: readonly Row[] = [
  {
    func: "attr",
    page: BUILDER("attribution"),
    what: "instances, and what persists",
    definition: text("streq", "Women"),
    events: women([1, 3, 4, 6]),
  },
  {
    func: "allocation-instance",
    page: BUILDER("attribution"),
    definition: text("streq", "Women", allocated(instance)),
    events: women([1, 3, 6]),
  },
  {
    func: "allocation-instance",
    page: BUILDER("attribution"),
    what: "what persists does not exist",
    definition: segment("hits", { func: "not-exists", val: allocated(instance) }),
    events: women([4]),
  },
  {
    func: "allocation-dedupedInstance",
    page: BUILDER("attribution"),
    definition: text("streq", "Women", allocated(nonRepeating("visitors"))),
    events: women([1, 3, 6]),
  },
  {
    func: "allocation-dedupedInstance",
    page: BUILDER("attribution"),
    what: "repeated, also after it persisted, and in the person's next session",
    definition: text("streq", "A", allocated(nonRepeating("visitors"))),
    events: "[A] A -{~page=A} A | A B [A]",
  },
  {
    func: "allocation-dedupedInstance",
    page: BUILDER("attribution"),
    what: "anew in each session",
    definition: text("streq", "A", allocated(nonRepeating("sessions"))),
    events: "[A] A -{~page=A} A | [A] B [A] ; [A]",
  },
  {
    func: "allocation-dedupedInstance",
    page: DECIDED,
    what: "value by value of a list",
    definition: text("streq", "x", allocated(nonRepeating("visitors"), "variables/tag")),
    events: "[A{tag=x}] A{tag=x+y} A{tag=y+x} A{tag=y} [A{tag=y+x}]",
  },
];

const ranges: Readonly<Record<string, string>> = {
  june: "2024-06-01T00:00:00.000/2024-07-01T00:00:00.000",
  "two days": "td-2d/td",
};
const within = (id: string) => ({ func: "datetime-within", "interval-value": { func: "datetime-interval-ref", id } });
const dateRanges = (id: string) => ranges[id];
const SAVED: Readonly<Record<string, unknown>> = {
  buyers: segment("visitors", is("Buy")),
  homes: { func: "segment-def", version: [1, 0, 0], container: { func: "segment", context: "hits", pred: is("Home") } },
  both: segment("visits", and({ func: "segment-ref", id: "buyers" }, { func: "segment-ref", segmentId: "homes" })),
};
const segments = (id: string) => SAVED[id];

const REFERENCES: readonly Row[] = [
  {
    func: "datetime-within",
    page: BUILDER("date-ranges"),
    definition: segment("hits", within("june")),
    options: { dateRanges },
    events: "A@2024-05-31T23:59 [A@2024-06-01T00:00 A@2024-06-30T23:59] A@2024-07-01T00:00",
  },
  {
    func: "datetime-interval-ref",
    page: BUILDER("date-ranges"),
    what: "in the time zone",
    definition: segment("hits", within("june")),
    options: { dateRanges, timeZone: "Europe/Berlin" },
    events: "A@2024-05-31T21:59 [A@2024-05-31T22:00 A@2024-06-30T21:59] A@2024-06-30T22:00",
  },
  {
    func: "datetime-within",
    page: BUILDER("date-ranges"),
    what: "rolling",
    definition: segment("hits", within("two days")),
    options: { dateRanges, now: new Date("2024-06-10T15:00:00Z") },
    events: "A@2024-06-07T23:59 [A@2024-06-08T00:00 A@2024-06-09T23:59] A@2024-06-10T00:00",
  },
  {
    func: "datetime-within",
    page: BUILDER("date-ranges"),
    what: "some event of the person",
    definition: segment("visitors", within("june")),
    options: { dateRanges },
    events: "[A@2024-05-01T00:00 | A@2024-06-02T00:00] ; A@2024-05-01T00:00",
  },
  {
    func: "segment-ref",
    page: BUILDER("stack"),
    definition: segment("hits", and(is("Home"), { func: "segment-ref", id: "buyers" })),
    options: { segments },
    events: "[Home] Buy | [Home] ; Home",
  },
  {
    func: "segment-ref",
    page: BUILDER("stack"),
    what: "a reference in what is referenced",
    definition: segment("visitors", { func: "segment-ref", segmentId: "both" }),
    options: { segments },
    events: "[Home | Buy] ; Buy ; Home",
  },
  {
    func: "segment-ref",
    page: BUILDER("stack"),
    what: "excluded",
    definition: segment("visits", and(hit("Home"), without({ func: "segment-ref", id: "buyers" }))),
    options: { segments },
    events: "Home | Buy ; [Home] | Coat",
  },
];

export const CONDITIONS: readonly Row[] = [...LOGIC, ...TEXT, ...NUMBER, ...ALLOCATION, ...REFERENCES];
