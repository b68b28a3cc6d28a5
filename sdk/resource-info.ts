import * as pulumi from "@pulumi/pulumi";
import { secretPlaces } from "./secret-paths";

/**
 * What a resource will be: its URN, the organisation of its stack, and where secrets stand in its arguments. The engine tells none of
 * it to a dynamic provider, which then could name no resource in its messages and keep no secret out of them. The provider takes it
 * out of what it checks: it reaches no state.
 *
 * @param args without mistakes
 */
export function toldProvider(type: string, name: string, args: object, opts: pulumi.CustomResourceOptions | undefined) {
  const urn = pulumi.createUrn(name, type, opts?.parent);
  // A promise carries no dependency: the resource does not come to depend on its parent's outputs.
  return {
    urn: new Promise<string>((resolve) => urn.apply(resolve)),
    organization: organization(),
    secrets: secretPlaces(args),
  };
}

/** An old CLI tells none. */
function organization(): string | undefined {
  try {
    return pulumi.getOrganization();
  } catch {
    return undefined;
  }
}
