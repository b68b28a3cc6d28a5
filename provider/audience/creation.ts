import { hash } from "../../definition/hash";
import type { AudienceContent } from "../../model";
import { createOnce, findByContent, type CreationResult } from "../create-once";
import { creationMessages, equalOneText, warnOfChangedContent } from "../creation-warnings";
import type { Audience } from "./audience";
import { changedFields } from "./diff";
import type { AudienceServices } from "./services";
import { explainTakenName } from "./taken-name";

/** An audience that is to be made. */
export interface NewAudience {
  readonly sandbox: string;
  readonly content: AudienceContent;
  readonly key: string;
  /** Of the resource, where it is known and no other one of the program is alike. */
  readonly urn: string | undefined;
  /** Whether a resource of this program has an audience already. */
  readonly isManaged: (id: string) => boolean;
}

/**
 * Makes one audience, and never two.
 *
 * @param createdIds the IDs that this process has made.
 */
export function createAudience(
  services: AudienceServices,
  { sandbox, content, key, urn, isManaged }: NewAudience,
  createdIds: ReadonlySet<string>,
): Promise<CreationResult<Audience>> {
  const { client } = services;
  const label = `Audience ${JSON.stringify(content.name)}`;
  const planned = { noun: "Audience", label, key, nameHash: hash([content.name, sandbox]), urn } as const;
  return createOnce(services, {
    key,
    urn,
    createdIds,
    note: { named: planned.nameHash },
    // It may still have to be read, or changed, during which a run may be killed.
    noteAfterCreation: (id) => ({ made: id }),
    readById: (id) => client.get(sandbox, id),
    operation: `create ${label}`,
    send: () =>
      client.create(sandbox, withoutInactive(content)).catch(async (error: unknown) => {
        throw await explainTakenName(services, { sandbox, name: content.name, isManaged }, error);
      }),
    listNewest: () => client.listNewest(sandbox),
    findCreated: (newest, sent) => findByContent(newest, sent, (audience) => mayBeCreated(audience, content)),
    async warnOfPossibleDuplicates() {
      await warnOfChangedContent(services, planned);
      // Where this host has no record.
      for (const audience of await services.possibleDuplicates.listNewest(sandbox))
        if (!createdIds.has(audience.id) && hasContent(audience, content))
          services.warn(equalOneText(planned, audience));
    },
    messages: creationMessages(label),
  });
}

/** Lists leave inactive ones out: an audience is made first, and becomes inactive when its ID is known. */
const withoutInactive = ({ lifecycle, ...content }: AudienceContent): AudienceContent =>
  lifecycle === "inactive" || lifecycle === undefined ? content : { ...content, lifecycle };

/** Whether an audience may be what a request has made: the service may evaluate it otherwise than it was asked to. */
const mayBeCreated = (audience: Audience, content: AudienceContent): boolean =>
  Object.keys(changedFields(audience, content)).every((name) => name === "evaluation" || name === "lifecycle");

/** Whether an audience is what a request would make. */
const hasContent = (audience: Audience, content: AudienceContent): boolean =>
  Object.keys(changedFields(audience, content)).length === 0;
