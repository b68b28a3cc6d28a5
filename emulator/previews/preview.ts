import { createHash } from "node:crypto";
import { expressionMistake } from "../audiences/expression";
import type { JsonObject } from "../json";

/** A question how many people an expression is about. The preview and its estimate share their ID. */
export interface Preview {
  readonly id: string;
  readonly queryId: string;
  readonly applicationId: string;
  readonly sandbox: string;
  readonly expression: string;
  /** How often somebody has asked for it or for its estimate. */
  readonly reads: number;
}

type PreviewState = "RUNNING" | "RESULT_READY" | "FAILED";

/** Profiles of each sandbox, as in the sample of the OpenAPI document: few enough for all of them to be read. */
const profiles = 4275;
/** How many reads find it at work. */
const readsAtWork = 2;

const host = "https://platform.adobe.io/data/core/ups";

/** The ID as the guide's samples have it: the query's own, and that of the application that runs it. */
export const previewId = (applicationId: string, queryId: string): string =>
  Buffer.from(`0:app-${applicationId}:${queryId}:0`).toString("base64url");

function stateOf({ reads, expression }: Preview): PreviewState {
  if (reads <= readsAtWork) return "RUNNING";
  return mistakeIn(expression) === undefined ? "RESULT_READY" : "FAILED";
}

const mistakeIn = (value: string): string | undefined => expressionMistake({ type: "PQL", format: "pql/text", value });

/** How many of the profiles an expression is about: the same for the same text, whatever it says. */
function sizeOf(expression: string): number {
  const digest = createHash("sha256").update(expression.trim()).digest();
  return Math.floor((digest.readUInt32BE(0) / 2 ** 32) * (profiles + 1));
}

/** How far the reading is: a share of the profiles more with each read, and no match where the expression cannot be read. */
function progressOf({ reads, expression }: Preview): { readonly read: number; readonly matched: number } {
  if (mistakeIn(expression) !== undefined) return { read: 0, matched: 0 };
  const share = Math.min(1, reads / (readsAtWork + 1));
  const read = Math.floor(profiles * share);
  const all = sizeOf(expression);
  // The first rows have more of them than the rest, so that the first numbers are rough.
  return { read, matched: share === 1 ? all : Math.min(read, Math.round(all * share * (2 - share))) };
}

/** The answer of POST /preview. */
export const newPreviewAnswer = ({ id, queryId }: Preview): JsonObject => ({
  state: "NEW",
  previewQueryId: queryId,
  previewQueryStatus: "NEW",
  previewId: id,
  previewExecutionId: 0,
});

/** The answer of GET /preview/{id}: the profiles found so far, from an offset on. */
export function previewAnswer(preview: Preview, { offset, limit }: { offset: number; limit: number }): JsonObject {
  const { matched } = progressOf(preview);
  const size = Math.max(0, Math.min(limit, matched - offset));
  const self = `${host}/preview/${preview.id}`;
  const link = (from: number): string => `${self}?offset=${from}&limit=${limit}`;
  return {
    results: Array.from({ length: size }, (_, index) => profile(offset + index + 1)),
    state: stateOf(preview),
    page: { offset, size },
    links: {
      _self: link(offset),
      next: offset + size < matched ? link(offset + size) : "",
      prev: offset > 0 ? link(Math.max(0, offset - limit)) : "",
    },
  };
}

function profile(number: number): JsonObject {
  const entity = (id: string): JsonObject => ({ _href: `${host}/models/profile/${id}` });
  const cookie = `XID_COOKIE_ID_${number}`;
  const id = `XID_PROFILE_ID_${number}`;
  return { [id]: { ...entity(id), endCustomerIds: { [cookie]: entity(cookie) } } };
}

/** The answer of GET /estimate/{id}. */
export function estimateAnswer(preview: Preview): JsonObject {
  const state = stateOf(preview);
  const { read, matched } = progressOf(preview);
  const mistake = state === "FAILED" ? mistakeIn(preview.expression) : undefined;
  const share = read === 0 ? 0 : matched / read;
  const { applicationId, queryId } = preview;
  return {
    estimatedSize: Math.round(share * profiles),
    numRowsToRead: profiles,
    totalRows: profiles,
    state,
    profilesReadSoFar: read,
    profilesMatchedSoFar: matched,
    // Nothing is estimated any longer when all have been read.
    standardError: read === 0 || read === profiles ? 0 : Math.round(profiles * Math.sqrt((share * (1 - share)) / read)),
    confidenceInterval: "95%",
    // A profile has identities in several namespaces.
    estimatedNamespaceDistribution: [
      { namespaceId: "4", profilesMatchedSoFar: matched },
      { namespaceId: "6", profilesMatchedSoFar: Math.ceil(matched / 2) },
    ],
    error: { description: mistake === undefined ? "" : `The expression cannot be read: ${mistake}`, traceback: "" },
    _links: { preview: `${host}/preview/app-${applicationId}/execution/0?previewQueryId=${queryId}` },
  };
}
