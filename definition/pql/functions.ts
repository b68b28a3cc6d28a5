/**
 * What Adobe's pages on the language name: https://experienceleague.adobe.com/docs/experience-platform/segmentation/pql/overview.html. An
 * expression may have others; those are warned of, since most are slips.
 */

/** Functions by how many arguments they take, those of a method without what stands before the dot. */
export const FUNCTIONS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  // Boolean
  if: [3, 3],
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
  mapEntry: [2, 2],
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
  currentMonth: [0, 0],
  getMonth: [0, 0],
  currentYear: [0, 0],
  getYear: [0, 0],
  currentDayOfMonth: [0, 0],
  getDayOfMonth: [0, 0],
  date: [3, 3],
  datetime: [1, 8],
  // Audiences
  inSegment: [1, 1],
  // Sequences of events
  chain: [3, 3],
  what: [1, 1],
  when: [1, 1],
};

/** A name of the table for a name of an expression: those of sequences are often written in capitals. */
export const functionNamed = (name: string): string | undefined =>
  Object.hasOwn(FUNCTIONS, name) ? name : ["chain", "what", "when"].find((one) => one === name.toLowerCase());

export const TIME_UNITS = [
  ...["millisecond", "second", "minute", "hour", "day", "week", "month", "year", "decade"].flatMap((unit) => [
    unit,
    `${unit}s`,
  ]),
  ...["century", "centuries", "millennium", "millennia"],
];

export const DIRECTIONS = ["before", "after", "from"] as const;
