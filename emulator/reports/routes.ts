import { Hono, type Context } from "hono";
import { ServiceRefusal } from "../errors";
import type { JsonObject } from "../json";
import { jsonAnswered } from "../request";
import type { Tenant } from "../tenant";
import { reportOn, type ColumnResult } from "./report";
import { reportRequest } from "./request";

/** https://developer.adobe.com/cja-apis/docs/endpoints/reporting/, totals alone; `/ranked` is the older path. */
export function reportRoutes(tenant: Tenant): Hono {
  const report = async (c: Context): Promise<Response> => {
    if (!tenant.switches.reports.allowed) {
      throw new ServiceRefusal(403, "insufficient_access", "User does not have permission to run reports");
    }
    const request = await reportRequest(c);
    const columns = reportOn(request, tenant);
    const answer = { ...reportAnswer(columns), reportId: tenant.store.nextUuid("report") };
    const { reflected } = request;
    const body = reflected === undefined ? answer : { ...answer, request: reflected };
    // What OpenAPI lists as 200 alone is 206 where some columns failed, says Analytics' page on the same service.
    return jsonAnswered(c, body, columns.some((column) => "error" in column) ? 206 : 200);
  };
  return new Hono().post("/", report).post("/ranked", report);
}

function reportAnswer(columns: readonly ColumnResult[]): JsonObject {
  const counted = columns.filter((column) => "total" in column);
  const columnErrors = columns.flatMap((column) => ("error" in column ? [column.error] : []));
  const totals = counted.map(({ total }) => total);
  return {
    ...{ totalPages: 0, firstPage: true, lastPage: true, numberOfElements: 0, number: 0, totalElements: 0 },
    columns: { columnIds: counted.map(({ id }) => id), ...(columnErrors.length > 0 && { columnErrors }) },
    // Nothing of a dimension is left out where there is none.
    summaryData: { filteredTotals: totals, totals },
  };
}
