import type { Divergence } from "./divergence";

/** What only the reference dialect has. */
export const referenceLedger: readonly Divergence[] = [
  {
    id: "reference-name-unasked",
    document: "CJA OpenAPI",
    statement:
      "id is the only default item; name and description need the expansion parameter, whose list of values lacks them",
    here: "id, name and description are answered unasked, on every call",
    why: "cjapy never asks for name, and its users read it",
  },
  {
    id: "reference-modified-by",
    document: "CJA OpenAPI",
    statement:
      "a segment has modifiedById; no value of the expansion parameter is named for it, and a list's items have no schema",
    here: "the IMS user ID of whoever changed it last comes with the expansion modified, in a list, too",
    why: "it says of whom the date is; nobody should need it",
  },
  {
    id: "reference-constants",
    document: "CJA OpenAPI",
    statement: "contents of favorite, usageSummary, performanceScore and recentRecordedAccess are not described",
    here: 'false, an empty object, "0", and the time of the last change',
    why: "nothing in this project reads them",
  },
  {
    id: "reference-required-fields",
    document: "CJA OpenAPI",
    statement: "no field of the POST body is marked as required",
    here: "name, dataId and definition are required, or 400",
    why: "a body for the other dialect must not make a segment that belongs nowhere",
  },
  {
    id: "reference-unpaged",
    document: "CJA OpenAPI",
    statement: 'pagination may be "false"; the answer is not described',
    here: "one envelope with everything in it",
    why: "the form that paged answers have",
  },
  {
    id: "reference-delete-result",
    document: "CJA OpenAPI",
    statement: "DELETE answers result and message, both text",
    here: 'result is "success"',
    why: "no sample",
  },
  {
    id: "filters-path",
    document: "CJA OpenAPI",
    statement: "the former path /filters is in no current document",
    here: "/filters answers like /segments, in the reference dialect whatever the emulator's own",
    why: "public clients still use it",
  },
  {
    id: "owner-fields",
    document: "CJA OpenAPI",
    statement: "owner has imsUserId and name",
    here: "and ownerId and type",
    why: "live tenants answer them",
  },
  {
    id: "undeclared-expansions",
    document: "CJA OpenAPI",
    statement: "the schema has no field for ownerFullName, sharesFullName, usedIn and usageSummaryWithRelevancyScore",
    here: "a field of the expansion's name",
    why: "an expansion that adds nothing would be of no use",
  },
  {
    id: "cached",
    document: "CJA OpenAPI",
    statement: "cached=true, the default, returns cached results",
    here: "every answer is up to date",
    why: "how old a cached one may be is not said",
  },
  {
    id: "to-be-used-in-rsid",
    document: "CJA OpenAPI",
    statement: "compatibility and permissions are judged against toBeUsedInRsid",
    here: "it is ignored",
    why: "every segment is compatible with every data view here",
  },
  {
    id: "locale-texts",
    document: "CJA OpenAPI",
    statement: "locale is the language of template names, as seen in Analytics",
    here: "a locale is checked and changes nothing",
    why: "no text of the emulator is worth translating",
  },
  {
    id: "validate-body",
    document: "CJA OpenAPI",
    statement: "the schema of validate's body is a string",
    here: "it is the whole segment as an object; a string is refused",
    why: "the page on validate sends the object",
  },
];
