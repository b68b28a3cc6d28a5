/** A dimension or a metric of a data view, with the ID that definitions use (`variables/…`, `metrics/…`). */
export interface Component {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

export interface DataView {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** The IANA name of the zone of its dates; null for one whose zone cannot be told. */
  readonly timeZone: string | null;
  readonly dimensions: readonly Component[];
  readonly metrics: readonly Component[];
  readonly created: number;
  readonly modified: number;
}

const component = (id: string, name: string, type: string): Component => ({ id, name, type });

/** Components that the documents' own examples name, and a few that every data view has. */
const standardDimensions: readonly Component[] = [
  component("variables/mobiledevicetype", "Mobile Device Type", "STRING"),
  component("variables/device_type", "Device Type", "STRING"),
  component("variables/page", "Page", "STRING"),
  component("variables/web.webPageDetails.name", "Page Name", "STRING"),
  component("variables/geocountry", "Countries", "STRING"),
  component("variables/marketing_channel", "Marketing Channel", "STRING"),
  component("variables/campaign", "Tracking Code", "STRING"),
  component("variables/product", "Product", "STRING"),
  component("variables/adobe_firstvreturn_sessiontype", "Session Type", "STRING"),
  component("variables/daterangeday", "Day", "TIME"),
];

const standardMetrics: readonly Component[] = [
  component("metrics/occurrences", "Events", "INT"),
  component("metrics/visits", "Sessions", "INT"),
  component("metrics/visitors", "People", "INT"),
  component("metrics/orders", "Orders", "INT"),
  component("metrics/revenue", "Revenue", "CURRENCY"),
  component("metrics/commerce.purchases.value", "Purchases", "INT"),
];

/** What a data view has where nothing else is said. */
export const usualTimeZone = "Etc/UTC";

const since = Date.UTC(2023, 5, 1);

export function dataView(id: string, name: string): DataView {
  return {
    id,
    name,
    description: "",
    timeZone: usualTimeZone,
    dimensions: standardDimensions,
    metrics: standardMetrics,
    created: since,
    modified: since,
  };
}

export function defaultDataViews(extra: readonly string[]): DataView[] {
  return [
    dataView("dv_dev", "Development"),
    dataView("dv_stage", "Staging"),
    dataView("dv_prod", "Production"),
    ...extra.map((id) => dataView(id, id)),
  ];
}
