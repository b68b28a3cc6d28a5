import * as pulumi from "@pulumi/pulumi";

/**
 * What a resource will be: its URN, and the organisation of its stack. The engine tells neither to a dynamic provider, which then
 * could name no resource in its messages. The provider takes it out of what it checks: it reaches no state.
 */
export function ownName(type: string, name: string, opts: pulumi.CustomResourceOptions | undefined) {
  const urn = pulumi.createUrn(name, type, opts?.parent);
  // A promise carries no dependency: the resource does not come to depend on its parent's outputs.
  return { urn: new Promise<string>((resolve) => urn.apply(resolve)), organization: organization() };
}

/** An old CLI tells none. */
function organization(): string | undefined {
  try {
    return pulumi.getOrganization();
  } catch {
    return undefined;
  }
}
