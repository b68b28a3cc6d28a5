/** How many people, sessions and events something selects. */
export interface Size {
  readonly persons: number;
  /** Not known of audiences. */
  readonly sessions?: number | undefined;
  readonly events?: number | undefined;
}

/** A size, or why it is not known. */
export type Sizing = { readonly size: Size } | { readonly unknown: string };

/** The size of one definition or expression, and how many people there are at all. */
export interface Sized {
  readonly selected: Sizing;
  /** Undefined where that is not known. */
  readonly allPersons: number | undefined;
  /** What the service says of how exact it is: `standard error 0.5, 95% confidence`. */
  readonly precision?: string;
}

/** @param reason what stands in its place */
export const notKnown = (reason: string): Sized => ({ selected: { unknown: reason }, allPersons: undefined });

/** The days that are counted: whole ones, up to the last midnight in the data view's time zone. */
export interface SizeRange {
  readonly days: number;
}

/** Adobe reports on 18 months at most: https://developer.adobe.com/cja-apis/docs/endpoints/reporting/ */
export const MAX_DAYS = 548;

/**
 * The dates of a report. Adobe counts them in the data view's time zone: dates that were computed here could be off by a day.
 * https://developer.adobe.com/analytics-apis/docs/2.0/guides/endpoints/reports/
 */
export const dateRangeOf = ({ days }: SizeRange): string => `td-${days}d/td`;

/** Every size of a plan has the same. */
export const rangeText = ({ days }: SizeRange): string => (days === 1 ? "the last day" : `the last ${days} days`);
