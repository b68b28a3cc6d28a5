import type { ApiRequest, Transport } from "../http/transport";
import { unexpectedAnswerError } from "../http/unexpected-answer";
import { parseReport, reportBody, type ReportCounts } from "./report";

/** Reports (https://developer.adobe.com/cja-apis/docs/endpoints/reporting/), as far as they count what definitions select. */
export class ReportsClient {
  constructor(private readonly transport: Transport) {}

  /** Counts up to `MAX_DEFINITIONS` definitions, which need not be saved. Not repeated but after 429: each report counts. */
  async count(dataViewId: string, dateRange: string, definitions: readonly unknown[]): Promise<ReportCounts> {
    const request: ApiRequest = {
      operation: `count what ${definitions.length === 1 ? "a definition selects" : `${definitions.length} definitions select`} in data view ${dataViewId}`,
      method: "POST",
      path: "/reports",
      body: reportBody(dataViewId, dateRange, definitions),
      repeatable: true,
      failFast: true,
    };
    const answer = await this.transport.send(request);
    const counts = parseReport(answer.data, definitions.length);
    if (!counts) throw unexpectedAnswerError(request, answer, 'a report with "columns"');
    return counts;
  }
}
