import type { LevelWords } from "./levels";

/** How IDs and containers are called. */
export interface SentenceOptions {
  /**
   * The names of dimensions, metrics, date ranges and segments by their IDs as they stand in the definition:
   * `"variables/web.page"`, `"metrics/orders"`, a date range's ID, a segment's ID. An ID without a name is told without
   * its prefix. Where one name belongs to several IDs, the ID follows in parentheses. Default: no names.
   */
  readonly names?: ReadonlyMap<string, string> | Readonly<Record<string, string>>;
  /**
   * Whose words for containers: `"cja"`, as Customer Journey Analytics shows them (Event, Session, Person), or `"api"`, as the
   * definition has them (hits, visits, visitors). Default `"cja"`.
   */
  readonly levels?: LevelWords;
}
