import { hash } from "../../definition/hash";
import type { Clock } from "../clock";
import { InvalidRequestError } from "../http/errors";
import { chunk } from "../http/batcher";
import type { SizeBudget } from "./budget";
import { MAX_DEFINITIONS, type ReportCounts } from "./report";
import type { ReportsClient } from "./reports-client";
import { dateRangeOf, notKnown, type Sized, type SizeRange } from "./size";
import type { SizeStore } from "./size-store";

/** A definition, saved or not, and the data view in which it is counted. */
export interface SegmentSubject {
  readonly dataViewId: string;
  readonly definition: unknown;
}

type Keyed = SegmentSubject & { readonly key: string };

/** Counts what definitions select: six in a report, and each only once a day. */
export class SegmentSizes {
  constructor(
    private readonly reports: ReportsClient,
    private readonly store: SizeStore,
    private readonly clock: Clock,
  ) {}

  /** The sizes of the subjects, in their order. Equal definitions are counted once. */
  async find(subjects: readonly SegmentSubject[], range: SizeRange, budget: SizeBudget): Promise<readonly Sized[]> {
    const keyed = subjects.map((subject): Keyed => ({ ...subject, key: keyOf(subject, range, this.clock.now()) }));
    const sizes = new Map<string, Sized>();
    const open = new Map<string, Keyed>();
    for (const subject of keyed) {
      const known = await this.store.load(subject.key);
      if (known) sizes.set(subject.key, { selected: { size: known.size }, allPersons: known.allPersons });
      else open.set(subject.key, subject);
    }
    const dataViews = new Set([...open.values()].map(({ dataViewId }) => dataViewId));
    for (const dataViewId of dataViews) {
      const inView = [...open.values()].filter((subject) => subject.dataViewId === dataViewId);
      for (const group of chunk(inView, MAX_DEFINITIONS))
        for (const [key, sized] of await this.count(group, range, budget)) sizes.set(key, sized);
    }
    return keyed.map(({ key }) => sizes.get(key) ?? notKnown("it was not asked for"));
  }

  /** One report for all of them. Which of several a refusal is about, it does not say: then each is asked for alone. */
  private async count(
    group: readonly Keyed[],
    range: SizeRange,
    budget: SizeBudget,
  ): Promise<readonly (readonly [key: string, Sized])[]> {
    const [first] = group;
    if (!first) return [];
    const found = await budget.spend(() =>
      this.reports.count(
        first.dataViewId,
        dateRangeOf(range),
        group.map(({ definition }) => definition),
      ),
    );
    if ("answer" in found) return this.remember(group, found.answer);
    if (group.length > 1 && found.error instanceof InvalidRequestError) {
      const each = [];
      for (const subject of group) each.push(...(await this.count([subject], range, budget)));
      return each;
    }
    return group.map(({ key }) => [key, notKnown(found.unknown)] as const);
  }

  private async remember(group: readonly Keyed[], { selected, allPersons }: ReportCounts) {
    return Promise.all(
      group.map(async ({ key }, index): Promise<readonly [string, Sized]> => {
        const sizing = selected[index] ?? { unknown: "the report lacks it" };
        if ("size" in sizing)
          await this.store.save(key, { size: sizing.size, ...(allPersons !== undefined && { allPersons }) });
        return [key, { selected: sizing, allPersons }];
      }),
    );
  }
}

/** Of one day: the same range is of other days tomorrow, and before and after are to be of the same ones. */
const keyOf = ({ dataViewId, definition }: SegmentSubject, range: SizeRange, now: number): string =>
  hash(["segment", dataViewId, dateRangeOf(range), new Date(now).toISOString().slice(0, 10), hash(definition)]);
