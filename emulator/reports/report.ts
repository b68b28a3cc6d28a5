import { compile } from "../../definition/evaluate/compile";
import { dateRange, type DateRange } from "../../definition/evaluate/date-range";
import { eventTime } from "../../definition/evaluate/event-time";
import { countOn } from "../../definition/evaluate/metric";
import { EvaluationError } from "../../definition/evaluate/evaluation-error";
import type { SampleEvent } from "../../definition/evaluate/sample-event";
import type { DataView } from "../data-views/data-view";
import { ServiceRefusal } from "../errors";
import type { Tenant } from "../tenant";
import { isSharedWithMe, mayChange } from "../segments/segment";
import { partsOf } from "./components";
import type { ReportColumn, ReportFilter, ReportRequest } from "./request";

/** Why a column has no value, in a word of the OpenAPI document's. */
export interface ColumnError {
  readonly columnId: string;
  readonly errorCode:
    "not_enabled_metric" | "not_enabled_dimension" | "not_enabled_dimension_global" | "unauthorized_segment";
  readonly errorId: string;
  readonly errorDescription: string;
}

/** A column: its number, or why there is none. */
export type ColumnResult =
  { readonly id: string; readonly total: number } | { readonly id: string; readonly error: ColumnError };

/** The longest range of a report: https://developer.adobe.com/cja-apis/docs/endpoints/reporting/ */
const mostMonths = 18;

const invalid = (message: string): ServiceRefusal => new ServiceRefusal(400, "invalid_data", message);

/** Counts the columns of a report, or throws what refuses all of it. */
export function reportOn(request: ReportRequest, tenant: Tenant): ColumnResult[] {
  const view = tenant.store.dataViews.get(request.dataViewId);
  if (view === undefined) {
    throw new ServiceRefusal(404, "resource_not_found", `Unable to find Data View ID ${request.dataViewId}`);
  }
  return new Report(request, view, tenant).columns();
}

/** A definition that narrows a report, and who must not see it. */
interface Narrowing {
  readonly definition: unknown;
  /** The saved segment that it is of, where the account may not use it. */
  readonly foreign: string | undefined;
}

interface Window {
  readonly events: readonly SampleEvent[];
  readonly selected: Map<unknown, ReadonlySet<SampleEvent>>;
}

class Report {
  private readonly events: readonly SampleEvent[];
  private readonly now: Date;
  private readonly timeZone: string;
  /** The events of each range, and what each definition selects of them: columns share both. */
  private readonly windows = new Map<string, Window>();

  constructor(
    private readonly request: ReportRequest,
    private readonly view: DataView,
    private readonly tenant: Tenant,
  ) {
    if (view.timeZone === null) throw invalid(`Could not determine timezone for dataId=${view.id}`);
    this.events = tenant.events.all();
    this.now = new Date(tenant.clock.now());
    this.timeZone = view.timeZone;
  }

  columns(): ColumnResult[] {
    const { filters, columns } = this.request;
    if (!filters.some(({ kind }) => kind === "dates")) throw invalid("globalFilters has no dateRange");
    const all = filters.flatMap((filter) => this.narrowing(filter));
    const narrowed = columns.map((column) => ({ column, own: column.filters.flatMap((one) => this.narrowing(one)) }));
    this.rejectTooComplex([...all, ...narrowed.flatMap(({ own }) => own)]);
    const ranges = filters.flatMap((filter) => this.rangeOf(filter));
    return narrowed.map(({ column, own }): ColumnResult => {
      const error = this.errorOf(column, all, own);
      const within = [...ranges, ...column.filters.flatMap((filter) => this.columnRange(filter))];
      // A definition is read where its column fails, too: a wrong one refuses the report.
      const events = this.eventsOf(
        [...all, ...own].map(({ definition }) => definition),
        within,
      );
      return error === undefined ? { id: column.id, total: totalOf(column.metric, events) } : { id: column.id, error };
    });
  }

  private narrowing(filter: ReportFilter): Narrowing[] {
    if (filter.kind === "dates") return [];
    if (filter.kind === "definition") return [{ definition: filter.definition, foreign: undefined }];
    const segment = this.tenant.store.segments.get(filter.id);
    if (segment === undefined) {
      const details = { invalidSegmentIds: [filter.id] };
      throw new ServiceRefusal(400, "invalid_segment_ids_found", `Segment ${filter.id} was not found`, details);
    }
    const usable = segment.template || isSharedWithMe(segment) || mayChange(this.tenant, segment);
    return [{ definition: segment.definition, foreign: usable ? undefined : segment.id }];
  }

  private rejectTooComplex(narrowings: readonly Narrowing[]): void {
    const { mostFunctions } = this.tenant.switches.reports;
    const different = new Set(narrowings.map(({ definition }) => definition));
    const count = [...different].reduce<number>((sum, definition) => sum + partsOf(definition).functions, 0);
    if (count <= mostFunctions) return;
    const message = `Report too complex: its segments have ${count} functions. Simplify them, or ask for fewer columns`;
    throw new ServiceRefusal(400, "invalid_request", message);
  }

  private rangeOf(filter: ReportFilter): DateRange[] {
    if (filter.kind !== "dates") return [];
    const range = readRange(filter.range, { now: this.now, timeZone: this.timeZone });
    const longest = new Date(range.start);
    longest.setUTCMonth(longest.getUTCMonth() + mostMonths);
    // A day more, for what the clock's changes add.
    if (range.end > longest.getTime() + 86_400_000)
      throw invalid(`A report can cover ${mostMonths} months, and ${filter.range} is longer`);
    return [range];
  }

  /** Rolling dates belong into globalFilters. */
  private columnRange(filter: ReportFilter): DateRange[] {
    return filter.kind === "dates" ? [readRange(filter.range, { timeZone: this.timeZone })] : [];
  }

  private errorOf(column: ReportColumn, all: readonly Narrowing[], own: readonly Narrowing[]): ColumnError | undefined {
    const error = (errorCode: ColumnError["errorCode"], errorDescription: string): ColumnError => {
      return { columnId: column.id, errorCode, errorId: this.tenant.store.nextUuid("column error"), errorDescription };
    };
    const lacks = (id: string): string => `Data view ${this.view.id} has no ${id}`;
    if (!this.has(column.metric)) return error("not_enabled_metric", lacks(column.metric));
    for (const { definition, foreign } of [...all, ...own]) {
      if (foreign !== undefined) return error("unauthorized_segment", `No access to segment ${foreign}`);
      const { metrics } = partsOf(definition);
      for (const id of metrics) if (!this.has(id)) return error("not_enabled_metric", lacks(id));
    }
    for (const [narrowings, code] of [
      [all, "not_enabled_dimension_global"],
      [own, "not_enabled_dimension"],
    ] as const) {
      const ids = narrowings.flatMap(({ definition }) => [...partsOf(definition).dimensions]);
      const missing = ids.find((id) => !this.has(id));
      if (missing !== undefined) return error(code, lacks(missing));
    }
    return undefined;
  }

  /** Whether the data view has a component, or the events do: who brings events of his own need not describe them twice. */
  private has(id: string): boolean {
    const { dimensions, metrics } = this.view;
    return (
      [...dimensions, ...metrics].some((component) => component.id === id) || this.tenant.events.components().has(id)
    );
  }

  /** The events that all definitions select, each among those of the ranges alone. */
  private eventsOf(definitions: readonly unknown[], ranges: readonly DateRange[]): readonly SampleEvent[] {
    const start = Math.max(...ranges.map((range) => range.start));
    const end = Math.min(...ranges.map((range) => range.end));
    const { events, selected } = this.window({ start, end });
    const sets = definitions.map((definition) => {
      const found = selected.get(definition) ?? new Set(this.select(definition, events));
      selected.set(definition, found);
      return found;
    });
    return events.filter((event) => sets.every((found) => found.has(event)));
  }

  private window({ start, end }: DateRange): Window {
    const key = `${start}/${end}`;
    const known = this.windows.get(key);
    if (known !== undefined) return known;
    const events = this.events.filter((event) => {
      const time = eventTime(event.time) ?? NaN;
      return time >= start && time < end;
    });
    const window = { events, selected: new Map<unknown, ReadonlySet<SampleEvent>>() };
    this.windows.set(key, window);
    return window;
  }

  private select(definition: unknown, events: readonly SampleEvent[]): readonly SampleEvent[] {
    const { now, timeZone } = this;
    const segments = (id: string): unknown => this.tenant.store.segments.get(id)?.definition;
    try {
      return compile(definition, { now, timeZone, segments }).select(events).events;
    } catch (error) {
      throw error instanceof EvaluationError ? invalid(`Segment definition is invalid: ${error.message}`) : error;
    }
  }
}

function readRange(range: string, options: { readonly now?: Date; readonly timeZone: string }): DateRange {
  try {
    return dateRange(range, options);
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : String(error));
  }
}

function totalOf(metric: string, events: readonly SampleEvent[]): number {
  if (metric === "metrics/visitors") return new Set(events.map(({ person }) => person)).size;
  if (metric === "metrics/visits")
    return new Set(events.map(({ person, session }) => JSON.stringify([person, session]))).size;
  return events.reduce((sum, event) => sum + countOn(event, metric), 0);
}
