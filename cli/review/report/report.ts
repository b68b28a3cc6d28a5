import type { DefinitionChange, SentenceOptions } from "../../../definition";
import type { Use } from "../../../model/segment-fields";
import type { SizeChange } from "../../size/size-change";

/** What a report needs to know beside the previews. */
export interface ReviewOptions extends SentenceOptions {
  /** `CJA_VALIDATE` of the preview, where it was set: it is not in the preview's output. */
  readonly validate?: string;
  /** `CJA_SANDBOX` of the preview, where it was set. */
  readonly sandbox?: string;
  /** Names of data views, users, groups and audiences by ID, where the service was asked; empty where it does not tell one. */
  readonly asked?: ReadonlyMap<string, string>;
  /** What uses the segments and audiences that the plans delete, where it was asked. */
  readonly uses?: KnownUses;
  /** How many people segments and audiences select before and after, by URN, where Adobe was asked. */
  readonly sizes?: ReadonlyMap<string, SizeChange>;
}

/** What uses segments and audiences, by ID, as somebody has asked before the review. Undefined: the service does not tell. */
export type KnownUses = ReadonlyMap<string, readonly Use[] | undefined>;

/** What a plan means, for a reader: every view (Markdown, text, JSON, HTML) is made of this. */
export interface Report {
  /** In the order in which the previews were given. */
  readonly stacks: readonly StackReport[];
  /** What could not be read as a preview. */
  readonly unreadable: readonly Unreadable[];
}

export interface Unreadable {
  /** The file's name, or `standard input`. */
  readonly source: string;
  readonly reason: string;
}

export interface StackReport {
  /** What the preview was read from. */
  readonly source: string;
  /** Empty, as the stack's name, where the preview names none: it failed at the very start, or nothing is deployed. */
  readonly project: string;
  readonly stack: string;
  /** Another stack of this review whose segments and audiences change the same way: what stands there is not repeated where a reader sees both. */
  readonly sameAs?: string;
  /** Whether it is the plan of a `pulumi destroy`. */
  readonly destroys: boolean;
  /**
   * Whether edits in the UI were looked for. `none`: they were not. `with`: together with the plan, or there was nothing yet to be
   * edited. `alone`: nothing was planned, and what is there was compared with what was deployed.
   */
  readonly refresh: "none" | "with" | "alone";
  readonly counts: Counts;
  /** Why the preview failed. Empty where it did not. */
  readonly failures: readonly Failure[];
  /** What the engine or the provider warned of. */
  readonly warnings: readonly Failure[];
  /** Jobs that this plan runs, cancels, waits for or changes. */
  readonly jobs: readonly JobReview[];
  readonly segments: readonly SegmentReview[];
  readonly audiences: readonly AudienceReview[];
  /** What was changed elsewhere since the last deployment. Only a preview with `--refresh` knows it. */
  readonly drift: readonly DriftReview[];
  /** Changes of what is no segment, no audience and no job. */
  readonly others: readonly OtherReview[];
}

/** How many resources of each kind of plan. A segment, audience or job counts once; what is not ours counts in `others` alone. */
export interface Counts {
  readonly create: number;
  readonly adopt: number;
  readonly change: number;
  readonly replace: number;
  readonly delete: number;
  /** Leaves the stack, and is kept at Adobe: `retainOnDelete`. */
  readonly forget: number;
  /** Segment jobs that will run. */
  readonly run: number;
  readonly drift: number;
  readonly others: number;
  readonly unchanged: number;
}

export interface Failure {
  /** The name that the program gave, where the words are about one resource. */
  readonly resource: string | undefined;
  readonly message: string;
}

/** Which resource of the program. */
export interface Place {
  /** The name that the program gave. */
  readonly resource: string;
  /** The components that it is a child of, outermost first: `acme:web:Audience`. */
  readonly components: readonly string[];
  /** Its URN: what `--target` takes. */
  readonly urn: string;
  /** The engine refuses to delete it. */
  readonly protected: boolean;
}

/** A text or a value that changes. An absent side was not there, or is not there any more. */
export interface FieldChange {
  readonly field: string;
  readonly before?: string;
  readonly after?: string;
  /** Of tags, shares and labels, which are sets: what comes and what goes. */
  readonly list?: ListChange;
}

export interface ListChange {
  /**
   * Whether the program managed the list before, and does now. `begins`: what else the service has of it is not known, and goes.
   * `ends`: it stays as it is. `ends with the old one`: a new segment or audience is made, and has none.
   */
  readonly managed: "still" | "begins" | "ends" | "ends with the old one";
  readonly entries: readonly ListEntry[];
}

export interface ListEntry {
  /** `named`: it is among what is managed from now on, and may have been there before. */
  readonly is: "added" | "removed" | "changed" | "named";
  /** A tag, or with whom the segment is shared: `group 812345678`. */
  readonly text: string;
  /** Shared with all users of the organisation. */
  readonly everybody?: true;
}

/** A line of a definition's sentence or of an expression, and whether it is there before, after, or both. */
export interface SentenceLine {
  readonly is: "kept" | "removed" | "added";
  readonly text: string;
}

/** What an audience's expression says, line by line. Of what changes, both sides. */
export interface ExpressionReview {
  readonly lines: readonly SentenceLine[];
}

/** The same of a segment's definition, as a sentence. */
export interface DefinitionReview extends ExpressionReview {
  /** What changes, condition by condition. Empty for what is new or deleted. */
  readonly changes: readonly DefinitionChange[];
  /** The definitions themselves, for views that draw. */
  readonly before?: unknown;
  readonly after?: unknown;
}

/** What Adobe says of a definition. */
export type Verdict = "accepted" | "unchanged" | "not asked" | "not known before it runs";

/** What uses a segment or an audience that a plan deletes. */
export interface Uses {
  /** Whether the service has told. */
  readonly known: boolean;
  /** `project "Weekly board report" (5f1)`. Empty: no known use; the service does not count what uses it through the API. */
  readonly by: readonly string[];
  /** Whether the deletion will be refused: by its `deletionPolicy`, or, of an audience, by Adobe. */
  readonly refused: boolean;
}

/** What a plan does to a segment or an audience. */
export interface ObjectReview extends Place {
  readonly action: "create" | "adopt" | "change" | "replace" | "delete" | "forget";
  /** The name in the UI, after the change. */
  readonly name: string;
  /** The ID at the service, where there is one. */
  readonly id: string | undefined;
  /** Name, description and whatever else is text. */
  readonly fields: readonly FieldChange[];
  /** What uses one that is deleted or replaced. Undefined where nobody has asked. */
  readonly uses: Uses | undefined;
  /** How many people it selects, before and after. Undefined where nobody has asked, or the plan does not change it. */
  readonly size?: SizeChange;
  /** What a reader should know before approving: what a replacement or deletion breaks. */
  readonly notes: readonly string[];
}

export interface AudienceReview extends ObjectReview {
  readonly sandbox: string;
  /** Undefined where the expression does not change, and is not made anew. */
  readonly expression: ExpressionReview | undefined;
}

export interface SegmentReview extends ObjectReview {
  /** The data view, by name where it is known: `Web (dv_dev)`. */
  readonly dataView: string;
  /** Undefined where the definition does not change, and is not made anew. */
  readonly definition: DefinitionReview | undefined;
  readonly verdict: Verdict;
  /** What its name and its description say that the definition had and has no longer: `a week`. */
  readonly stale: readonly StaleText[];
}

export interface StaleText {
  readonly field: "name" | "description";
  /** Digits and units of time as they stand there: nobody else's words. */
  readonly numbers: readonly string[];
}

export interface JobReview extends Place {
  /**
   * `run`: it will run. `adopt`: a run that exists is taken over by the option `import`. `wait`: a run that is at work is waited for again.
   * `cancel`: a run at work is cancelled. `cancelIfActive`: so it is, if it is still at work as the state says. `forget`: it leaves the stack, and
   * nothing is done to it.
   */
  readonly action: "run" | "adopt" | "wait" | "change" | "cancel" | "cancelIfActive" | "delete" | "forget";
  readonly sandbox: string;
  /** What it runs over: `2 segments: a, b`, `all segments of _xdm.context.profile`. */
  readonly scope: string;
  /** Why, in words: `trigger "release" changes from "1" to "2"`. */
  readonly reasons: readonly string[];
}

export interface DriftReview extends Place {
  readonly kind: "segment" | "audience" | "job" | "other";
  readonly name: string;
  /** Of a segment. */
  readonly dataView: string | undefined;
  /** Of an audience. */
  readonly sandbox: string | undefined;
  /** It is not at the service any more. */
  readonly gone: boolean;
  /** `before` is what was deployed, `after` what is there now. */
  readonly fields: readonly FieldChange[];
  readonly definition: DefinitionReview | undefined;
  readonly expression: ExpressionReview | undefined;
  /** Why the service may have changed it by itself. */
  readonly notes: readonly string[];
  /** Whether this `up` puts it back as the program has it. */
  readonly undone: boolean;
}

export interface OtherReview extends Place {
  readonly type: string;
  /** The engine's word, or `forget` for what leaves the stack and is deleted nowhere. */
  readonly action: string;
}
