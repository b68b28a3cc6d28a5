import type { LookupQuery } from "../../model/lookup-arguments";
import type { DataViewsClient } from "./client";
import { Batcher, chunk, indexById, MAX_IDS_PER_REQUEST } from "../http/batcher";
import { didYouMeanText, suggestDataView, type DataView } from "./data-view";
import type { Clock } from "../clock";
import { hasName, LookupError, resolveByName } from "../resolve-by-name";

/** Looks data views up. Nothing here writes any, so one listing serves a whole program. */
export class DataViewLookups {
  private listing: Promise<readonly DataView[]> | undefined;
  private readonly batcher: Batcher<DataView>;

  constructor(
    private readonly client: DataViewsClient,
    clock: Clock,
  ) {
    this.batcher = new Batcher(clock, async (ids) => indexById(await this.listByIds(ids)));
  }

  async get({ id, name }: LookupQuery<"getDataView">): Promise<DataView> {
    if (id === undefined) return this.getByName(name ?? "");
    // What is not listed to this account may still be readable.
    const found = (await this.batcher.load(id)) ?? (await this.client.get(id));
    if (found && found.deleted !== true) return found;
    const suggestion = didYouMeanText(suggestDataView(id, await this.listAll()));
    throw new LookupError(`there is no data view ${id}, or it is deleted, or this account may not see it${suggestion}`);
  }

  async find({ nameContains, ids, limit }: LookupQuery<"findDataViews">): Promise<readonly DataView[]> {
    const query = nameContains?.trim().toLowerCase() ?? "";
    return (await (ids ? this.listByIds(ids) : this.listAll()))
      .filter(({ name }) => query === "" || name?.toLowerCase().includes(query) === true)
      .slice(0, limit);
  }

  /** The ID of the data view that an argument names in one way or the other; undefined where it names none. */
  async idOf(id: string | undefined, name: string | undefined): Promise<string | undefined> {
    return id ?? (name === undefined ? undefined : (await this.getByName(name)).id);
  }

  private async getByName(name: string): Promise<DataView> {
    const views = await this.listAll();
    const matches = views.filter((view) => hasName(name, view));
    return resolveByName(name, { matches, others: views }, "data view", "its ID");
  }

  private listAll(): Promise<readonly DataView[]> {
    this.listing ??= this.listPages().catch((error: unknown) => {
      this.listing = undefined;
      throw error;
    });
    return this.listing;
  }

  private async listByIds(ids: readonly string[]): Promise<readonly DataView[]> {
    const found: DataView[] = [];
    for (const part of chunk([...new Set(ids)], MAX_IDS_PER_REQUEST)) found.push(...(await this.listPages(part)));
    return found;
  }

  private async listPages(ids?: readonly string[]): Promise<readonly DataView[]> {
    const found: DataView[] = [];
    for await (const { items } of this.client.pages(ids)) {
      // A server that does not know the filter answers all.
      found.push(...items.filter(({ id, deleted }) => deleted !== true && ids?.includes(id) !== false));
      if (found.length === ids?.length) break;
    }
    return found;
  }
}
