/** What a new user gets wrong, ten times, and what is run then. */
import type { Emulator } from "../../../emulator";
import type { Operation } from "../harness/stack";
import { AUDIENCES } from "../programs";

export interface Mistake {
  readonly title: string;
  /** The program that is deployed before. */
  readonly before?: string;
  /** The program, below its `import`. */
  readonly program: string;
  /** What is in both, and not shown. */
  readonly beside?: string;
  readonly operation?: Operation;
  /** What the user's shell has otherwise; `undefined` removes a variable. */
  readonly env?: (emulator: Emulator) => Record<string, string | undefined>;
  /** What somebody did in the UI before. */
  readonly edit?: (emulator: Emulator, idOf: (resource: string) => string) => void;
  /** How the reader is told what the user did where the program does not show it. */
  readonly did?: string;
}

const segment = (name: string, args: Readonly<Record<string, string>> = {}, options = ""): string => {
  const given = {
    name: '"Big baskets"',
    dataViewId: '"dv_prod"',
    definition: 'cja.segment(cja.visits(cja.metric("orders").isAtLeast(3)))',
    ...args,
  };
  const lines = Object.entries(given).map(([key, value]) => `  ${key}: ${value},\n`);
  return `new cja.Segment("${name}", {\n${lines.join("")}}${options});`;
};
const used = segment("big-baskets", { deletionPolicy: '"refuseIfUsed"' });
const LETTERS = "0123456789abcdef";
/** As many audiences as somebody has in a list. */
const many = `const audiences = [...Array(1501).keys()].map((n) => \`${AUDIENCES[0].slice(0, -4)}\${n.toString(${LETTERS.length}).padStart(4, "0")}\`);`;

/** When the segments of the UI were made. */
const MONDAY = "2026-11-02T09:30:00Z";
const PAGE = {
  func: "container",
  context: "visits",
  pred: { func: "exists", val: { func: "attr", name: "variables/page" } },
};

export const MISTAKES: readonly Mistake[] = [
  {
    title: "A typo in a field",
    did: "In JavaScript: TypeScript's compiler would have found it.",
    program: segment("big-baskets").replace("definition:", "defintion:"),
  },
  {
    title: "A wrong data view",
    program: segment("big-baskets", { dataViewId: '"dv_prd"' }),
  },
  {
    title: "Missing credentials",
    did: "The shell has none of the variables.",
    program: segment("big-baskets"),
    env: () => ({ CJA_ORG_ID: undefined, CJA_CLIENT_ID: undefined, CJA_CLIENT_SECRET: undefined }),
  },
  {
    title: "A wrong secret",
    did: "`CJA_CLIENT_SECRET` is one of another credential.",
    program: segment("big-baskets"),
    env: () => ({ CJA_CLIENT_SECRET: "of-another-credential" }),
  },
  {
    title: "An expired token",
    did: "`CJA_ACCESS_TOKEN` is from yesterday, and there is no `CJA_CLIENT_SECRET`.",
    program: segment("big-baskets"),
    env: ({ control }) => {
      const { access_token: token } = control.issueToken();
      control.revokeTokens();
      return { CJA_ACCESS_TOKEN: token, CJA_CLIENT_SECRET: undefined };
    },
  },
  {
    title: "A colleague's JSON",
    did: "Somebody copied it from the debugger of Workspace, which wraps the definition.",
    program: segment("big-baskets", {
      definition: `{
    type: "segment",
    segmentDefinition: {
      func: "segment",
      version: [1, 0, 0],
      container: { func: "container", context: "visits", pred: { func: "exists", val: { func: "attr", name: "variables/page" } } },
    },
  }`,
    }),
  },
  {
    title: "Two equal names in the program",
    program: `${segment("big-baskets")}\n${segment("big-baskets", { name: '"Bigger baskets"', definition: 'cja.segment(cja.visits(cja.metric("orders").isAtLeast(9)))' })}`,
  },
  {
    title: "Two equal names at Adobe",
    did: "The data view has two segments of this name.",
    edit: ({ control }) => {
      const definition = { func: "segment", version: [1, 0, 0], container: PAGE };
      for (const owner of ["Jane", "Bob"])
        control.addSegment({ name: "Mobile visitors", dataViewId: "dv_prod", definition, owner, modified: MONDAY });
    },
    program: `const mobile = cja.getSegmentOutput({ name: "Mobile visitors", dataViewId: "dv_prod" });
const vip = new cja.Segment("vip", { name: "VIP", dataViewId: "dv_prod", definition: mobile.definition });`,
  },
  {
    title: "Deletion of a segment that is used",
    did: "A project of Workspace uses it, and the stack is destroyed.",
    before: used,
    program: used,
    operation: "destroy",
    edit: ({ control }, idOf) =>
      void control.setUses(idOf("big-baskets"), [{ type: "Project", id: "p1", name: "Weekly sales" }]),
  },
  {
    title: "Removal of a segment that is protected",
    did: "The segment left the program.",
    beside: used,
    before: segment("old-campaign", {}, ", { protect: true }"),
    program: "",
    operation: "preview",
  },
  {
    title: "1,501 audiences in a job",
    program: `${many}\nnew cja.SegmentJob("evaluation", { segmentIds: audiences });`,
  },
];
