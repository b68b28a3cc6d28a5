import { nearestWord } from "../../definition/parse/nearest-word";
import { findReferences } from "../../model/environment/references";
import type { Components, DataViewsClient } from "../data-view/client";
import { suggestDataView, type DataView } from "../data-view/data-view";
import { withoutUndefined } from "../http/answer-fields";
import type { Clock } from "../clock";
import { AuthenticationError, CjaError, CredentialsMissingError, NetworkError, ServiceError } from "../http/errors";

/** Where the components of data views are kept between the two processes of one `pulumi up`. */
export interface ComponentStore {
  load(dataViewId: string): { readonly at: number; readonly ids: readonly string[] } | undefined;
  save(dataViewId: string, at: number, ids: readonly string[]): void;
}

/** A component that a definition names and its data view has not. */
export interface MissingComponent {
  /** As the definition has it: `variables/page`. */
  readonly id: string;
  /** Where: `container.pred.val.name`. */
  readonly path: string;
  /** What the data view has, and may have been meant. */
  readonly nearest?: string;
}

/** What of a definition a data view lacks, or that there is no such data view. */
export type MissingComponents = readonly MissingComponent[] | "no data view";

/** How long what a data view has counts as known. What seems to be missing is asked for anew. */
const CACHE_LIFETIME_MS = 60 * 60_000;

/** Failures that say nothing of a single data view: the next one would fail alike. */
const GENERAL_FAILURES = [NetworkError, ServiceError, AuthenticationError, CredentialsMissingError] as const;

/** Finds out, before anything is written, whether a data view has the dimensions and metrics of a definition. */
export class TargetCheck {
  private readonly componentRequests = new Map<string, Promise<Components | undefined>>();
  private readonly failedDataViews = new Set<string>();
  private hasGivenUp = false;
  private dataViews: Promise<readonly DataView[]> | undefined;

  constructor(
    private readonly client: DataViewsClient,
    private readonly store: ComponentStore,
    private readonly clock: Clock,
  ) {}

  /** @param failFast see `ApiRequest` */
  async findMissing(dataViewId: string, definition: unknown, failFast = false): Promise<MissingComponents> {
    const references = findReferences(definition).flatMap(({ kind, text, path }) =>
      kind === "dimensions" || kind === "metrics" ? [{ id: text, path }] : [],
    );
    if (references.length === 0) return [];
    const cached = this.store.load(dataViewId);
    if (cached && this.clock.now() - cached.at < CACHE_LIFETIME_MS) {
      const ids = new Set(cached.ids);
      if (references.every(({ id }) => ids.has(id))) return [];
    }
    const components = await this.getComponents(dataViewId, failFast);
    if (!components) return "no data view";
    // Of a list that is cut nobody knows what it lacks.
    if (!components.complete) return [];
    return references
      .filter(({ id }) => !components.ids.has(id))
      .map(({ id, path }) =>
        withoutUndefined<MissingComponent>({ id, path, nearest: nearestOfKind(id, components.ids) }),
      );
  }

  /**
   * The same where it is only worth a warning: it may fail, and nobody waits for it twice.
   *
   * @param onFailure called once for a data view, and never again after a failure of the service or the credentials.
   */
  async findMissingOrSkip(
    dataViewId: string,
    definition: unknown,
    onFailure: (error: CjaError) => void,
  ): Promise<MissingComponents> {
    if (this.hasGivenUp || this.failedDataViews.has(dataViewId)) return [];
    try {
      return await this.findMissing(dataViewId, definition, true);
    } catch (error) {
      if (!(error instanceof CjaError)) throw error;
      if (!this.failedDataViews.has(dataViewId)) onFailure(error);
      this.failedDataViews.add(dataViewId);
      this.hasGivenUp ||= GENERAL_FAILURES.some((kind) => error instanceof kind);
      return [];
    }
  }

  /** Whether there is such a data view. */
  async exists(dataViewId: string): Promise<boolean> {
    return (await this.getComponents(dataViewId, false)) !== undefined;
  }

  /** The data view that was meant by the ID of none. They are listed once; where that fails, none is known. */
  async suggestDataView(writtenId: string): Promise<DataView | undefined> {
    return suggestDataView(writtenId, await (this.dataViews ??= this.listDataViews()));
  }

  private async listDataViews(): Promise<readonly DataView[]> {
    const dataViews: DataView[] = [];
    try {
      for await (const { items } of this.client.pages(undefined, true))
        dataViews.push(...items.filter(({ deleted }) => deleted !== true));
    } catch (error) {
      // What came is enough for a hint.
      if (!(error instanceof CjaError)) throw error;
    }
    return dataViews;
  }

  /** Asked for once in a process, by however many segments. */
  private getComponents(dataViewId: string, failFast: boolean): Promise<Components | undefined> {
    const existing = this.componentRequests.get(dataViewId);
    if (existing) return existing;
    const request = this.client.getComponents(dataViewId, failFast).then((components) => {
      if (components) this.store.save(dataViewId, this.clock.now(), [...components.ids]);
      return components;
    });
    this.componentRequests.set(dataViewId, request);
    request.catch(() => this.componentRequests.delete(dataViewId));
    return request;
  }
}

/** A dimension is none of the metrics, however alike they are spelt. */
function nearestOfKind(id: string, ids: ReadonlySet<string>): string | undefined {
  const prefix = id.slice(0, id.indexOf("/") + 1);
  const sameKind = [...ids].filter((other) => other.startsWith(prefix)).map((other) => other.slice(prefix.length));
  const found = nearestWord(id.slice(prefix.length), sameKind);
  return found === undefined ? undefined : `${prefix}${found}`;
}
