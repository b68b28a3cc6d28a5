import { fc } from "../../../properties";
import { Markup, markup, sentence, words } from "../../../../cli/html/markup";

const html = (value: Markup): string => value.toString();

describe("HTML", () => {
  test("values are escaped, markup is not escaped again, nothing is left out", () => {
    const inner = markup`<b>${"<&>\"'"}</b>`;
    expect(html(markup`<p title="${'"><'}">${inner}${undefined}${[1, "<", [inner]]}</p>`)).toBe(
      '<p title="&quot;&gt;&lt;"><b>&lt;&amp;&gt;&quot;&#39;</b>1&lt;<b>&lt;&amp;&gt;&quot;&#39;</b></p>',
    );
  });

  test("no text can begin or end an element or an attribute", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."<>&\"'`;=/ab\u202e😀") }), (text) => {
        expect(html(markup`${text}`)).not.toMatch(/[<>"']/);
      }),
    );
  });

  test("what only looks like markup is text", () => {
    const pretender = { toString: () => "<script>" } as unknown as Markup;
    expect(() => html(markup`${pretender}`)).toThrow(TypeError);
  });
});

describe("words", () => {
  test("stand for themselves, with all of their characters", () => {
    expect(html(words('a\u202eb\n\u200bc \\ " 😀'))).toBe("<bdi>a\\u202eb\\n\\u200bc \\ &quot; 😀</bdi>");
    expect(html(words(""))).toBe("<em>empty</em>");
  });

  test("of a sentence stand apart where they are quoted", () => {
    expect(html(sentence('page is one of "שלום", "a \\"b\\""'))).toBe(
      "page is one of <bdi>&quot;שלום&quot;</bdi>, <bdi>&quot;a \\&quot;b\\&quot;&quot;</bdi>",
    );
    expect(html(sentence('not "closed'))).toBe("not &quot;closed");
  });
});
