import * as pulumi from "@pulumi/pulumi";
import { findSecretPaths } from "./secret-paths";

/**
 * What a resource will be: its URN, the organisation of its stack, and where secrets stand in its arguments. The engine passes none of
 * it on to a dynamic provider, which could then name no resource in its messages and keep no secret out of them. The provider takes it
 * out of what it checks: it reaches no state.
 *
 * @param args without mistakes
 */
export function resourceInfo(type: string, name: string, args: object, opts: pulumi.CustomResourceOptions | undefined) {
  const urn = pulumi.createUrn(name, type, opts?.parent);
  // A promise carries no dependency: the resource does not come to depend on its parent's outputs.
  return {
    urn: new Promise<string>((resolve) => urn.apply(resolve)),
    organization: findOrganization(),
    secrets: findSecretPaths(args),
  };
}

/** An old CLI tells none. */
function findOrganization(): string | undefined {
  try {
    return pulumi.getOrganization();
  } catch {
    return undefined;
  }
}
