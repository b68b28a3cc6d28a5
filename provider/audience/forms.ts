/**
 * The two forms in which the service has one and the same audiences: `/audiences`, and the older `/segment/definitions`, where a tenant has
 * only that. No document says which tenants do. The older one has no lifecycle, labels, or word of what references an audience, and its
 * PATCH overwrites the whole definition (docs/decisions/audience-forms.md).
 */
export const AUDIENCE_FORMS = ["audiences", "definitions"] as const;
export type AudienceForm = (typeof AUDIENCE_FORMS)[number];

/** What is different in requests. */
export const FORMS = {
  audiences: {
    path: "/audiences",
    /** https://github.com/pitchmuc/aepp takes 60 at most. */
    pageSize: 60,
    /** What every new one has. */
    constants: { type: "SegmentDefinition", profileInstanceId: "ups" },
    list: 'an object with the list "children", and "_page" where it is full',
  },
  definitions: {
    path: "/segment/definitions",
    /** https://github.com/pitchmuc/aepp takes 100 at most, "to avoid 400 errors" (docs/releases.md). */
    pageSize: 100,
    constants: { profileInstanceId: "ups" },
    list: 'an object with the list "segments"',
  },
} as const satisfies Readonly<Record<AudienceForm, object>>;

export const audiencePath = (form: AudienceForm, id: string): string => `${FORMS[form].path}/${encodeURIComponent(id)}`;
