import type { Divergence } from "./divergence";

/** Reports, as far as they count people, sessions and events. */
export const reportLedger: readonly Divergence[] = [
  {
    id: "report-data-view",
    document: "reporting pages",
    statement: "rsid is required, and renaming it fails; the OpenAPI document has dataId, too, which clients send",
    here: "either, or both where they are the same; 400 with none",
    why: "both documents are followed",
  },
  {
    id: "report-dates",
    document: "reporting pages",
    statement: "globalFilters and their dateRange are optional; what comes without dates is not said",
    here: "400 without a date range",
    why: "no client is known that leaves it out",
  },
  {
    id: "report-columns",
    document: "reporting pages",
    statement: "metricContainer, metrics and columnId are optional",
    here: "at least one metric; a columnId that is there twice is 400; without one it is the column's number",
    why: "a report of nothing has no use, and columns that share an ID cannot be told apart",
  },
  {
    id: "report-rows",
    document: "reporting pages",
    statement: "dimensions, rowContainer, filters by items, and metricDefinition",
    here: "400 action_not_implemented, with a text that says so",
    why: "sizes of segments need totals alone",
  },
  {
    id: "report-settings",
    document: "reporting pages",
    statement: "search, settings, statistics and locale belong to rows; sampling to large data",
    here: "they are not looked at, but for reflectRequest",
    why: "nothing of them changes the totals of a report without a dimension",
  },
  {
    id: "report-filter-types",
    document: "reporting pages",
    statement: "types in both spellings; Analytics refused the upper case with invalid_json",
    here: "both are taken; 400 invalid_json_input for any other",
    why: "the pages print both",
  },
  {
    id: "report-range-first",
    document: "reporting pages",
    statement: "whether a segment looks at what a person did outside of the report's dates is not said",
    here: "it does not: it is evaluated on the events of the dates alone",
    why: "segments belong to a report, and the report to its dates",
  },
  {
    id: "report-empty-page",
    document: "reporting pages",
    statement: "what paging and rows are without a dimension is not said",
    here: "one empty page; no rows, no dimension; filteredTotals as totals",
    why: "a client found neither rows nor a dimension in such an answer",
  },
  {
    id: "report-failed-columns",
    document: "reporting pages",
    statement: "206, and columnErrors beside columnIds; whether a failed column is among these is not said",
    here: "it is not, nor in the totals",
    why: "a client saw fewer columns than it had asked for; who matches by columnId is right in either case",
  },
  {
    id: "report-lacking-components",
    document: "reporting pages",
    statement: "codes of columnErrors are listed and not explained",
    here: "not_enabled_… for what neither the data view nor an event has, also inside of a definition; unauthorized_segment for one of somebody else that is not shared",
    why: "what the words say",
  },
  {
    id: "report-unknown-segment",
    document: "reporting pages",
    statement: "invalid_segment_ids_found is in the list of codes, and not explained",
    here: "400 for the whole report, with the ID in errorDetails",
    why: "what the word says",
  },
  {
    id: "report-error-codes",
    document: "reporting pages",
    statement:
      "which code a malformed definition, wrong dates, a missing time zone and an unreadable body have is not said",
    here: "invalid_data; invalid_json_input for a body that is not as described",
    why: "as of segments",
  },
  {
    id: "report-too-complex",
    document: "reporting pages",
    statement: "a report can be too complex; by which measure is not said",
    here: "400 invalid_request with that text, for more than 4000 functions in its definitions; control sets another number",
    why: "what Workspace says",
  },
  {
    id: "report-permission",
    document: "reporting pages",
    statement: "403 for no access to the organisation, sandbox or data view; which permission reports need is not said",
    here: "403 insufficient_access when control says that the account may run none",
    why: "so that a client can be tried without it",
  },
];
