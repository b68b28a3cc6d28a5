import { z } from "zod";
import { sandboxHeader } from "../http/bulk-get";
import type { ApiRequest, Transport } from "../http/transport";
import { unexpectedAnswerError } from "../http/unexpected-answer";

/** How many people an expression selects, as far as that is known by now. */
export type Estimate =
  | { readonly state: "running" }
  | { readonly state: "failed"; readonly reason: string }
  | { readonly state: "ready"; readonly persons: number; readonly allPersons?: number; readonly precision?: string };

const previewSchema = z.looseObject({ previewId: z.string().min(1) });
const count = z.number().nonnegative();
const estimateSchema = z.looseObject({
  state: z.string(),
  estimatedSize: count.nullish(),
  totalRows: count.nullish(),
  // The page shows a text with a percent sign, the OpenAPI document a number.
  standardError: z.union([z.string(), z.number()]).nullish(),
  confidenceInterval: z.string().nullish(),
  error: z.looseObject({ description: z.string().nullish() }).nullish(),
});

/** Previews and estimates: https://experienceleague.adobe.com/en/docs/experience-platform/segmentation/api/previews-and-estimates */
export class EstimatesClient {
  constructor(private readonly transport: Transport) {}

  /** Lets the service begin to count what an expression selects that need not be saved. @returns its ID. */
  async begin(sandbox: string, schemaName: string, expression: string): Promise<string> {
    const request: ApiRequest = {
      operation: "begin to estimate the size of an audience",
      method: "POST",
      path: "/preview",
      headers: sandboxHeader(sandbox),
      // The page writes none; a client that works writes pdg, which joins the identities of a person as audiences do.
      body: {
        predicateExpression: expression,
        predicateType: "pql/text",
        predicateModel: schemaName,
        graphType: "pdg",
      },
      repeatable: true,
      failFast: true,
    };
    const answer = await this.transport.send(request);
    const { data } = previewSchema.safeParse(answer.data);
    if (!data) throw unexpectedAnswerError(request, answer, 'a preview with its "previewId"');
    return data.previewId;
  }

  async read(sandbox: string, id: string): Promise<Estimate> {
    const request: ApiRequest = {
      operation: `read the estimate ${id}`,
      method: "GET",
      path: `/estimate/${encodeURIComponent(id)}`,
      headers: sandboxHeader(sandbox),
      repeatable: true,
    };
    const answer = await this.transport.send(request);
    const { data } = estimateSchema.safeParse(answer.data);
    if (!data) throw unexpectedAnswerError(request, answer, 'an estimate with its "state"');
    const { state, estimatedSize, totalRows, standardError, confidenceInterval, error } = data;
    if (state === "FAILED") return { state: "failed", reason: error?.description || "Adobe gives no reason" };
    if (state !== "RESULT_READY") return { state: "running" };
    if (estimatedSize === undefined || estimatedSize === null)
      throw unexpectedAnswerError(request, answer, 'an estimate with its "estimatedSize"');
    return {
      state: "ready",
      persons: estimatedSize,
      ...(typeof totalRows === "number" && { allPersons: totalRows }),
      ...(standardError && {
        precision: `standard error ${standardError}${confidenceInterval ? `, ${confidenceInterval} confidence` : ""}`,
      }),
    };
  }
}
