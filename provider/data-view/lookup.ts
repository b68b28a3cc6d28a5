import type { LookupQuery } from "../../model/lookup-arguments";
import type { DataView } from "./data-view";
import type { DataViewsClient } from "./client";
import { Gathering } from "../http/batcher";
import { MOST_IDS } from "../http/page-number";
import { didYouMean, viewMeant } from "./suggestion";
import type { Clock } from "../clock";
import { isNamed, LookupError, theOne } from "../resolve-by-name";

/** Looks data views up. Nothing here writes any, so one listing serves a whole program. */
export class DataViewLookups {
  private listing: Promise<readonly DataView[]> | undefined;
  private readonly byId: Gathering<DataView>;

  constructor(
    private readonly client: DataViewsClient,
    clock: Clock,
  ) {
    this.byId = new Gathering(clock, async (ids) => new Map((await this.listed(ids)).map((view) => [view.id, view])));
  }

  async get({ id, name }: LookupQuery<"getDataView">): Promise<DataView> {
    if (id === undefined) return this.named(name ?? "");
    // What is not listed to this account may still be readable.
    const found = (await this.byId.ask(id)) ?? (await this.client.get(id));
    if (found && found.deleted !== true) return found;
    const meant = didYouMean(viewMeant(id, await this.all()));
    throw new LookupError(`there is no data view ${id}, or it is deleted or not shown to this account${meant}`);
  }

  async find({ nameContains, ids, limit }: LookupQuery<"findDataViews">): Promise<readonly DataView[]> {
    const wanted = nameContains?.trim().toLowerCase() ?? "";
    return (await (ids ? this.listed(ids) : this.all()))
      .filter(({ name }) => wanted === "" || name?.toLowerCase().includes(wanted) === true)
      .slice(0, limit);
  }

  /** The ID of the data view that an argument names in one way or the other; undefined where it names none. */
  async idOf(id: string | undefined, name: string | undefined): Promise<string | undefined> {
    return id ?? (name === undefined ? undefined : (await this.named(name)).id);
  }

  private async named(name: string): Promise<DataView> {
    const views = await this.all();
    const same = views.filter((view) => isNamed(name, view));
    return theOne(name, { same, others: views }, "data view", "its ID");
  }

  private all(): Promise<readonly DataView[]> {
    this.listing ??= this.pages().catch((error: unknown) => {
      this.listing = undefined;
      throw error;
    });
    return this.listing;
  }

  private async listed(ids: readonly string[]): Promise<readonly DataView[]> {
    const wanted = [...new Set(ids)];
    const found: DataView[] = [];
    for (let start = 0; start < wanted.length; start += MOST_IDS) {
      found.push(...(await this.pages(wanted.slice(start, start + MOST_IDS))));
    }
    return found;
  }

  private async pages(ids?: readonly string[]): Promise<readonly DataView[]> {
    const found: DataView[] = [];
    for await (const { items } of this.client.pages(ids)) {
      // A server that does not know the filter answers all.
      found.push(...items.filter(({ id, deleted }) => deleted !== true && ids?.includes(id) !== false));
      if (found.length === ids?.length) break;
    }
    return found;
  }
}
