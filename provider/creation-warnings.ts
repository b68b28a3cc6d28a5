import type { CreationServices } from "./create-once";
import type { OwnedNoun } from "./owned";

/** Something that a run is about to create, as its record and messages know it. */
export interface PlannedCreation {
  readonly noun: OwnedNoun;
  /** `Segment "Mobile"` */
  readonly label: string;
  readonly key: string;
  /** Of its name and place: a name may be secret, and records are not. */
  readonly nameHash: string;
  /** Of the resource, where it is known and no other one of the program is alike. */
  readonly urn: string | undefined;
}

/** A killed run may have made it with other content, before the program was changed: that one would be in nobody's state. */
export async function warnOfChangedContent(
  { intents, warn }: CreationServices,
  { noun, label, key, nameHash, urn }: PlannedCreation,
): Promise<void> {
  const sameName = await intents.listAbandoned(
    ({ key: other, note }) => other !== key && note?.["named"] === nameHash,
    urn,
  );
  for (const { startedAt, note } of sameName) {
    const interruptedAt = new Date(startedAt).toISOString();
    const id = note?.["made"];
    warn(
      id === undefined
        ? `${label}: a run interrupted at ${interruptedAt} may have created it with other content. Before you use this one, look in the UI for a second ${noun.toLowerCase()} of that name.`
        : `${label}: a run interrupted at ${interruptedAt} created it with other content, as ${id}, and this run creates another one. ` +
            `Delete the older one in the UI. To keep it instead, ${keepOlderAdvice(id)}`,
    );
  }
}

/** Where this host has no record, what looks the same may be what a killed run left, or another stack's. */
export function equalOneText(
  { label }: PlannedCreation,
  { id, created }: { readonly id: string; readonly created?: string },
): string {
  const sinceText = created === undefined ? "" : `, created ${created}`;
  return (
    `${label}: this account already has an equal one, ${id}${sinceText}. It may belong to another stack, so this run creates another one. ` +
    `If a run was interrupted (the engine then warns of a pending create), that run created it: delete it in the UI. To keep it instead, ${keepOlderAdvice(id)}`
  );
}

/** A resource that has one takes over no other one: the refresh finds the new one gone first. */
const keepOlderAdvice = (id: string): string =>
  `delete the new one in the UI, set adoptId to ${JSON.stringify(id)}, and run pulumi up --refresh.`;

/** What every creation of a kind says while its outcome is unknown. */
export const creationMessages = (label: string) => ({
  interrupted: `${label}: an earlier run was interrupted while creating it. Looking for it before creating another one.`,
  takenOver: (id: string) => `${label}: the interrupted run created ${id}; this run takes it over.`,
  outcomeUnknown: (answered: boolean) =>
    `${label}: ${answered ? "Adobe's answer does not say whether it was created" : "Adobe did not answer the request to create it"}. Looking for it before creating another one.`,
});
