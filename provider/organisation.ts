import { CjaError, CredentialsMissingError } from "./http/errors";
import type { Values } from "./lifecycle";

/** The state belongs to another organisation than the settings: nothing may be read or written there by this ID. */
export class OtherOrganisationError extends CjaError {}

/**
 * IDs of one organisation mean nothing in another: a refresh there would find everything gone, and forget it.
 *
 * @param orgId the organisation of this run; may throw that it is not set, which is reported when a request needs it: a
 *   preview that sends nothing needs none.
 */
export function refuseOtherOrganisation(state: Values, orgId: () => string): void {
  const stateOrgId = state["orgId"];
  const currentOrgId = orgIdIfSet(orgId);
  if (typeof stateOrgId !== "string" || currentOrgId === undefined || stateOrgId === currentOrgId) return;
  throw new OtherOrganisationError({
    operation: "use this stack",
    method: "",
    path: "",
    happened: `its resources belong to the organisation ${stateOrgId}, but the settings say ${currentOrgId}`,
    advice: `Set cja:orgId (CJA_ORG_ID) to ${stateOrgId}, or use another stack for the other organisation. Nothing was sent.`,
  });
}

function orgIdIfSet(orgId: () => string): string | undefined {
  try {
    return orgId();
  } catch (error) {
    if (error instanceof CredentialsMissingError) return undefined;
    throw error;
  }
}
