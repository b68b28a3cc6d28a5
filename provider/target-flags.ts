import type { OwnedState, OwnershipServices } from "./owned";

/** The flags that name a resource: a whole `pulumi up` would make again what a destroy has deleted, and start its jobs. */
export interface TargetFlags {
  readonly target: string;
  readonly exclude: string;
}

/** The engine gives the provider no resource's name; what the program has said of it in an earlier run is remembered. */
export async function targetFlags(
  { holders }: OwnershipServices,
  id: string,
  { holderId }: OwnedState,
): Promise<TargetFlags> {
  const holder = (await holders.holdersOf(id)).find(({ key }) => key === holderId);
  // A name with other characters has a meaning of its own for a shell, or for the pattern.
  const [, name] = /^urn:pulumi:.*?::.*?::.*?::([\w.-]+)$/.exec(holder?.urn ?? "") ?? [];
  return name === undefined
    ? { target: "--target '**::NAME' (NAME: the resource's name)", exclude: "--exclude '**::NAME'" }
    : { target: `--target '**::${name}'`, exclude: `--exclude '**::${name}'` };
}
