import { nearest } from "../../definition/parse/nearest-word";
import { referencesOf } from "../../model/environment/rebind";
import type { Components, DataViewsClient } from "../data-view/client";
import { viewMeant, type DataView } from "../data-view/data-view";
import { present } from "../http/wire-field";
import type { Clock } from "../clock";
import { AuthenticationError, CjaError, CredentialsMissingError, NetworkError, ServiceError } from "../http/errors";

/** Where the components of data views are kept between the two processes of one `pulumi up`. */
export interface ComponentMemory {
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
export type Lacking = readonly MissingComponent[] | "no data view";

/** How long what a data view has counts as known. What seems to be missing is asked for anew. */
const KNOWN_MS = 60 * 60_000;

/** Failures that say nothing of a single data view: the next one would fail alike. */
const OF_ALL = [NetworkError, ServiceError, AuthenticationError, CredentialsMissingError] as const;

/** Finds out, before anything is written, whether a data view has the dimensions and metrics of a definition. */
export class Target {
  private readonly asked = new Map<string, Promise<Components | undefined>>();
  private readonly unseen = new Set<string>();
  private givenUp = false;
  private views: Promise<readonly DataView[]> | undefined;

  constructor(
    private readonly client: DataViewsClient,
    private readonly memory: ComponentMemory,
    private readonly clock: Clock,
  ) {}

  /** @param impatient see `ApiRequest` */
  async missing(dataViewId: string, definition: unknown, impatient = false): Promise<Lacking> {
    const used = referencesOf(definition).flatMap(({ kind, text, path }) =>
      kind === "dimensions" || kind === "metrics" ? [{ id: text, path }] : [],
    );
    if (used.length === 0) return [];
    const known = this.memory.load(dataViewId);
    if (known && this.clock.now() - known.at < KNOWN_MS) {
      const ids = new Set(known.ids);
      if (used.every(({ id }) => ids.has(id))) return [];
    }
    const components = await this.components(dataViewId, impatient);
    if (!components) return "no data view";
    // Of a list that is cut nobody knows what it lacks.
    if (!components.complete) return [];
    return used
      .filter(({ id }) => !components.ids.has(id))
      .map(({ id, path }) => present<MissingComponent>({ id, path, nearest: nearestOfKind(id, components.ids) }));
  }

  /**
   * The same where it is only worth a warning: it may fail, and nobody waits for it twice.
   *
   * @param onFailure told once for a data view, and after a failure of the service or the credentials not again.
   */
  async suspected(dataViewId: string, definition: unknown, onFailure: (error: CjaError) => void): Promise<Lacking> {
    if (this.givenUp || this.unseen.has(dataViewId)) return [];
    try {
      return await this.missing(dataViewId, definition, true);
    } catch (error) {
      if (!(error instanceof CjaError)) throw error;
      if (!this.unseen.has(dataViewId)) onFailure(error);
      this.unseen.add(dataViewId);
      this.givenUp ||= OF_ALL.some((kind) => error instanceof kind);
      return [];
    }
  }

  /** Whether there is such a data view. */
  async exists(dataViewId: string): Promise<boolean> {
    return (await this.components(dataViewId, false)) !== undefined;
  }

  /** The data view that was meant by the ID of none. They are listed once; where that fails, none is known. */
  async viewMeant(written: string): Promise<DataView | undefined> {
    return viewMeant(written, await (this.views ??= this.listed()));
  }

  private async listed(): Promise<readonly DataView[]> {
    const views: DataView[] = [];
    try {
      for await (const { items } of this.client.pages(undefined, true))
        views.push(...items.filter(({ deleted }) => deleted !== true));
    } catch (error) {
      // What came is enough for a hint.
      if (!(error instanceof CjaError)) throw error;
    }
    return views;
  }

  /** Asked for once in a process, by however many segments. */
  private components(dataViewId: string, impatient: boolean): Promise<Components | undefined> {
    const before = this.asked.get(dataViewId);
    if (before) return before;
    const asked = this.client.components(dataViewId, impatient).then((components) => {
      if (components) this.memory.save(dataViewId, this.clock.now(), [...components.ids]);
      return components;
    });
    this.asked.set(dataViewId, asked);
    asked.catch(() => this.asked.delete(dataViewId));
    return asked;
  }
}

/** A dimension is none of the metrics, however alike they are spelt. */
function nearestOfKind(id: string, ids: ReadonlySet<string>): string | undefined {
  const prefix = id.slice(0, id.indexOf("/") + 1);
  const alike = [...ids].filter((other) => other.startsWith(prefix)).map((other) => other.slice(prefix.length));
  const found = nearest(id.slice(prefix.length), alike);
  return found === undefined ? undefined : `${prefix}${found}`;
}
