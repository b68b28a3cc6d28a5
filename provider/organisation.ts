import { CjaError, CredentialsMissingError } from "./http/errors";
import type { Values } from "./lifecycle";

/** The state belongs to another organisation than the settings: nothing may be read or written there by this ID. */
export class OtherOrganisationError extends CjaError {}

/**
 * IDs of one organisation mean nothing in another: a refresh there would find everything gone, and forget it.
 *
 * @param orgId the organisation of this run; may throw that it is not given, which is said when a request needs it: a
 *   preview that sends nothing needs none.
 */
export function refuseOtherOrganisation(state: Values, orgId: () => string): void {
  const inState = state["orgId"];
  const now = ifGiven(orgId);
  if (typeof inState !== "string" || now === undefined || inState === now) return;
  throw new OtherOrganisationError({
    operation: "use this stack",
    method: "",
    path: "",
    happened: `its resources belong to the organisation ${inState}, but the settings say ${now}`,
    advice: `Set cja:orgId (CJA_ORG_ID) to ${inState}, or use another stack for the other organisation. Nothing was sent.`,
  });
}

function ifGiven(orgId: () => string): string | undefined {
  try {
    return orgId();
  } catch (error) {
    if (error instanceof CredentialsMissingError) return undefined;
    throw error;
  }
}
