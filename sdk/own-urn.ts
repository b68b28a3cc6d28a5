import * as pulumi from "@pulumi/pulumi";

/**
 * The URN that a resource is about to get. The engine tells it to no dynamic provider, which then could name no resource in its
 * messages. The provider takes it out of what it checks: it reaches no state.
 */
export function ownUrn(type: string, name: string, opts: pulumi.CustomResourceOptions | undefined): unknown {
  const urn = pulumi.createUrn(name, type, opts?.parent);
  // A promise carries no dependency: the resource does not come to depend on its parent's outputs.
  return new Promise((resolve) => urn.apply(resolve));
}
