import { referencesOf } from "../../environment/rebind";
import type { Components, DataViewsClient } from "../api/data-views-client";
import type { Clock } from "../http/clock";

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
}

/** How long what a data view has counts as known. What seems to be missing is asked for anew. */
const KNOWN_MS = 60 * 60_000;

/** Finds out, before anything is written, whether a data view has the dimensions and metrics of a definition. */
export class Target {
  private readonly asked = new Map<string, Promise<Components | undefined>>();

  constructor(
    private readonly client: DataViewsClient,
    private readonly memory: ComponentMemory,
    private readonly clock: Clock,
  ) {}

  /** @returns what is missing; "no data view" where there is none of that ID */
  async missing(dataViewId: string, definition: unknown): Promise<readonly MissingComponent[] | "no data view"> {
    const used = referencesOf(definition).flatMap(({ kind, text, path }) =>
      kind === "dimensions" || kind === "metrics" ? [{ id: text, path }] : [],
    );
    if (used.length === 0) return [];
    const known = this.memory.load(dataViewId);
    if (known && this.clock.now() - known.at < KNOWN_MS) {
      const ids = new Set(known.ids);
      if (used.every(({ id }) => ids.has(id))) return [];
    }
    const components = await this.components(dataViewId);
    if (!components) return "no data view";
    // Of a list that is cut nobody knows what it lacks.
    return components.complete ? used.filter(({ id }) => !components.ids.has(id)) : [];
  }

  /** Whether there is such a data view. */
  async exists(dataViewId: string): Promise<boolean> {
    return (await this.components(dataViewId)) !== undefined;
  }

  /** Asked for once in a process, by however many segments. */
  private components(dataViewId: string): Promise<Components | undefined> {
    const before = this.asked.get(dataViewId);
    if (before) return before;
    const asked = this.client.components(dataViewId).then((components) => {
      if (components) this.memory.save(dataViewId, this.clock.now(), [...components.ids]);
      return components;
    });
    this.asked.set(dataViewId, asked);
    asked.catch(() => this.asked.delete(dataViewId));
    return asked;
  }
}
