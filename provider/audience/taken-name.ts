import { errorMessage } from "../error-code";
import { CjaError, InvalidRequestError } from "../http/errors";
import type { Audience } from "./audience";
import { FORMS } from "./forms";
import type { AudienceServices } from "./services";

/** A name that an audience is given. */
export interface GivenName {
  readonly sandbox: string;
  readonly name: string;
  /** Of the audience that is to get it, where it exists already. */
  readonly id?: string;
  /** Whether a resource of this program has an audience already: then another one cannot take it over. */
  readonly isManaged?: (id: string) => boolean;
}

/**
 * Says which audience has a name that the service has refused as taken (segment definitions page, "Create"), and what to do about it.
 *
 * @returns what to throw instead of any other error: that one itself.
 */
export async function explainTakenName(services: AudienceServices, given: GivenName, error: unknown): Promise<unknown> {
  if (!(error instanceof CjaError) || !mayBeTaken(error)) return error;
  const { id, name, sandbox } = given;
  const other = "Give another name";
  const refusal = ({ happened = error.happened, advice }: { happened?: string | undefined; advice: string }) =>
    new InvalidRequestError({ ...error, happened, advice });
  try {
    const holder = await findHolder(services, given);
    if (holder)
      return refusal({
        happened: `the audience ${holder.id} of the sandbox ${JSON.stringify(sandbox)} already has ${holder.name === name ? "this name" : `the name ${JSON.stringify(holder.name)}`}`,
        advice:
          id === undefined
            ? given.isManaged?.(holder.id)
              ? `A resource of this program has that one. ${other}; where this one replaces it, in the same update.`
              : `${other}, or set adoptId to ${JSON.stringify(holder.id)} to take that one over.`
            : `${other}, or rename ${holder.id} first.`,
      });
  } catch (second) {
    // What was refused says more than that nobody can be named.
    return refusal({ advice: `${other}. Which audience has this one could not be read: ${errorMessage(second)}` });
  }
  // Other reasons have the same status.
  if (error.status !== TAKEN) return error;
  return refusal({ advice: `${other}. The service lists no audience of this one; it does not list inactive ones.` });
}

const TAKEN = 422;

/** A rename is not said to be answered like a creation: the status may as well be that of any bad body, where names are taken once. */
const mayBeTaken = ({ status, path, method }: CjaError): boolean =>
  status === TAKEN || (status === 400 && method === "PATCH" && path.includes(FORMS.definitions.path));

/** Whether case counts is not said: the very same name is looked for first. */
async function findHolder(
  { client }: AudienceServices,
  { sandbox, id, name }: GivenName,
): Promise<Audience | undefined> {
  let alike: Audience | undefined;
  for await (const { items } of client.pages(sandbox, { name }))
    for (const audience of items) {
      if (audience.id === id) continue;
      if (audience.name === name) return audience;
      if (audience.name?.toLowerCase() === name.toLowerCase()) alike ??= audience;
    }
  return alike;
}
