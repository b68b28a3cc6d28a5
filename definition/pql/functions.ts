/**
 * What Adobe's pages on the language name: https://experienceleague.adobe.com/docs/experience-platform/segmentation/pql/overview.html. An
 * expression may have others; those are warned of, since most are slips.
 */

type Arguments = Readonly<Record<string, readonly [least: number, most: number]>>;

/** Functions by how many arguments they take. */
export const FUNCTIONS: Arguments = {
  if: [3, 3],
  currentMonth: [0, 0],
  currentYear: [0, 0],
  currentDayOfMonth: [0, 0],
  date: [3, 3],
  datetime: [1, 8],
  mapEntry: [2, 2],
  inSegment: [1, 1],
  // Sequences of events
  chain: [3, 3],
  what: [1, 1],
  when: [1, 1],
};

/** Those that are asked of a value, `name.startsWith("J")`, without what stands before the dot. */
export const METHODS: Arguments = {
  // Arrays, lists, sets
  intersects: [1, 1],
  intersection: [1, 1],
  subsetOf: [1, 1],
  supersetOf: [1, 1],
  includes: [1, 1],
  distinct: [0, 0],
  groupBy: [1, 1],
  filter: [1, 1],
  map: [1, 1],
  topN: [2, 2],
  bottomN: [2, 2],
  head: [0, 0],
  exists: [0, 1],
  forall: [0, 1],
  all: [1, 1],
  none: [1, 1],
  // Maps
  get: [1, 1],
  keys: [0, 0],
  values: [0, 0],
  // Texts
  startsWith: [1, 2],
  doesNotStartWith: [1, 2],
  endsWith: [1, 2],
  doesNotEndWith: [1, 2],
  contains: [1, 2],
  doesNotContain: [1, 2],
  equals: [1, 2],
  notEqualTo: [1, 2],
  equalsIgnoreCase: [1, 1],
  matches: [1, 1],
  regexGroup: [1, 2],
  in: [1, 2],
  notIn: [1, 2],
  like: [1, 2],
  // Objects
  isNull: [0, 0],
  isNotNull: [0, 0],
  // Aggregation
  count: [0, 1],
  sum: [0, 1],
  average: [0, 1],
  min: [0, 1],
  max: [0, 1],
  // Date and time
  getMonth: [0, 0],
  getYear: [0, 0],
  getDayOfMonth: [0, 0],
};

export const FUNCTION_NAMES: readonly string[] = [...Object.keys(FUNCTIONS), ...Object.keys(METHODS)];

/** A name of the tables for a name of an expression: those of sequences are often written in capitals. */
export const functionNamed = (name: string): string | undefined =>
  FUNCTION_NAMES.find((known) => known === name) ??
  ["chain", "what", "when"].find((known) => known === name.toLowerCase());

/** How many arguments a function takes. One of a value may be given that as its first one. */
export function argumentCount(name: string, isMethod: boolean): readonly [least: number, most: number] {
  if (Object.hasOwn(FUNCTIONS, name)) return FUNCTIONS[name] ?? [0, Infinity];
  const [least, most] = METHODS[name] ?? [0, Infinity];
  return isMethod ? [least, most] : [least, most + 1];
}

export const TIME_UNITS = [
  ...["millisecond", "second", "minute", "hour", "day", "week", "month", "year", "decade"].flatMap((unit) => [
    unit,
    `${unit}s`,
  ]),
  ...["century", "centuries", "millennium", "millennia"],
];

export const DIRECTIONS: readonly string[] = ["before", "after", "from"];
