/** The parts of a Pulumi URN: `urn:pulumi:dev::web::acme:web:Audience$pulumi-nodejs:dynamic/cja:Segment::readers`. */
export interface Urn {
  readonly stack: string;
  readonly project: string;
  /** The types of the parents, outermost first, and the resource's own. */
  readonly types: readonly string[];
  /** The name that the program gave. */
  readonly name: string;
}

/** @returns undefined for what is no URN */
export function parseUrn(urn: string): Urn | undefined {
  // A name may hold anything, "::" included.
  const [, stack, project, types, name] = /^urn:pulumi:(.*?)::(.*?)::(.*?)::(.*)$/s.exec(urn) ?? [];
  if (stack === undefined || project === undefined || types === undefined || name === undefined) return undefined;
  return { stack, project, types: types.split("$"), name };
}
