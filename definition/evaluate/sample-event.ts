/** What a component can be set to on an event. */
export type Value = string | number | boolean;

/** The values of an event by their components' IDs as definitions have them: `variables/page`, `metrics/orders`. */
export type Values = Readonly<Record<string, Value | readonly Value[] | null | undefined>>;

/** Something that a person did. */
export interface SampleEvent {
  readonly person: string;
  /** Sessions of different persons are different ones, also where their names are the same. */
  readonly session: string;
  /** Milliseconds since 1970, a Date, or a time as ISO 8601 writes it; without a zone it is UTC. */
  readonly time: number | string | Date;
  /** What was set on this event. Absent, null and an empty list: no value; the empty text is one. */
  readonly values: Values;
  /** Values of dimensions that were set earlier and persist on this event. Default: none. */
  readonly persisted?: Values | undefined;
}

export interface EvaluateOptions {
  /** The time at which it is asked. Needed for rolling date ranges (`td-30d/td`), which are a mistake without it. */
  readonly now?: Date | undefined;
  /** The IANA name of the time zone of calendar units and date ranges: `"Europe/Berlin"`. Default `"UTC"`. */
  readonly timeZone?: string | undefined;
  /** The definition of a segment that is referred to by its ID; undefined where there is none. Default: there are none. */
  readonly segments?: ((id: string) => unknown) | undefined;
  /** A saved date range by its ID, as `"start/end"`: absolute or rolling. Undefined where there is none. Default: there are none. */
  readonly dateRanges?: ((id: string) => string | undefined) | undefined;
}

/** A session, which only its person and its name together tell. */
export interface SampleSession {
  readonly person: string;
  readonly session: string;
}

/** What a definition selects. */
export interface Selection {
  /** In the order in which they were given, and the same objects. */
  readonly events: readonly SampleEvent[];
  /** The sessions of these events, each once, in the order of their first selected event. */
  readonly sessions: readonly SampleSession[];
  /** The persons of these events, each once, in the order of their first selected event. */
  readonly persons: readonly string[];
}
