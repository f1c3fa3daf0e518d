import { describe, expect, it } from "vitest";
import { renderMarkdown } from "./markdown.ts";

const render = (text: string) => renderMarkdown(text, { issuePrefix: "ACME" });
const attachment = "/api/attachments/01890a5d-ac96-774b-bcce-b302099a8057/content";

describe("markdown", () => {
  it("makes tables and code that scroll inside, lists, task lists, emphasis and headings below those of the page", () => {
    expect(render("| a | b |\n|---|---|\n| 1 | 2 |")).toContain('<div class="prose-wide" role="group" tabindex="0"');
    expect(render("| a |\n|--:|\n| 1 |")).toContain('<td data-align="right">1</td>');
    expect(render("```js\nif (a < b) {}\n```")).toBe('<pre tabindex="0"><code>if (a &lt; b) {}\n</code></pre>\n');
    expect(render("# Title\n\n###### Deep")).toBe("<h3>Title</h3>\n<h6>Deep</h6>\n");
    expect(render("- [x] sent\n- [ ] **paid**")).toMatchInlineSnapshot(`
      "<ul>
      <li class="task"><span class="task-box" data-done role="img" aria-label="Done"></span> sent</li>
      <li class="task"><span class="task-box" role="img" aria-label="Open"></span> <strong>paid</strong></li>
      </ul>
      "
    `);
  });

  it("keeps lines where a text is a message, and lets them flow where it is a document", () => {
    expect(renderMarkdown("one\ntwo", { issuePrefix: "ACME", keepsLines: true })).toBe("<p>one<br>\ntwo</p>\n");
    expect(render("one\ntwo")).toBe("<p>one\ntwo</p>\n");
  });

  it("links addresses and mail, each to a page of its own that gets no credit", () => {
    const link = '<a href="https://example.com/a?b=1&amp;c=2" target="_blank" rel="nofollow noopener ugc">';
    expect(render("See https://example.com/a?b=1&c=2.")).toContain(link);
    expect(render("[here](https://example.com/a?b=1&c=2)")).toContain(`${link}here</a>`);
    expect(render("[mail](mailto:ada@example.com)")).toContain('<a href="mailto:ada@example.com"');
  });

  it("links issues of the company, and nothing that only looks like one", () => {
    expect(render("After ACME-42, not XACME-42, ACME-42b, ACME-0 or OTHER-7; `ACME-1`")).toBe(
      '<p>After <a href="/acme/issues/ACME-42" rel="nofollow noopener ugc">ACME-42</a>, not XACME-42, ACME-42b, ACME-0 or OTHER-7; <code>ACME-1</code></p>\n',
    );
    expect(render("[ACME-1](https://example.com)").match(/<a /g)).toHaveLength(1);
  });

  it("shows pictures that are attachments; those from elsewhere are links to them", () => {
    expect(render(`![A "chart"](${attachment})`)).toContain(
      `<img src="${attachment}" alt="A &quot;chart&quot;" loading="lazy"`,
    );
    expect(render("![pixel](https://tracker.example/p.gif)")).toBe(
      '<p><a href="https://tracker.example/p.gif" target="_blank" rel="nofollow noopener ugc">pixel</a></p>\n',
    );
    expect(render("[![x](https://a.example/p.gif)](https://b.example)").match(/<a /g)).toHaveLength(1);
  });
});

/** Ways in which markdown was made to run scripts elsewhere. */
const attacks = [
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<svg/onload=alert(1)>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "<a href='javascript:alert(1)'>x</a>",
  "<!-- --><script>alert(1)</script>",
  "<![CDATA[<script>alert(1)</script>]]>",
  "<style>*{background:url(//evil.example)}</style>",
  "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  "[x](javascript:alert(1))",
  "[x](JaVaScRiPt:alert(1))",
  "[x](java&#x73;cript:alert(1))",
  "[x](javascript&colon;alert(1))",
  "[x](\u0001javascript:alert(1))",
  "[x](java\tscript:alert(1))",
  "[x](<java\nscript:alert(1)>)",
  "[x](vbscript:msgbox(1))",
  "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
  "[x](file:///etc/passwd)",
  "[x](//evil.example)",
  "[x](/api/../evil)",
  "[x](blob:https://a.example/1)",
  '[x](https://a.example "onmouseover=alert(1) x=\'")',
  '[x](https://a.example/"onmouseover="alert(1))',
  '![x" onerror="alert(1)](https://a.example/x.png)',
  `![x" onerror="alert(1)](${attachment})`,
  `![x](${attachment}" onerror="alert(1))`,
  "![x](javascript:alert(1))",
  "![x](data:image/svg+xml;base64,PHN2Zy8+)",
  `![x](${attachment}?a=1)`,
  "![x](/api/companies)",
  "<javascript:alert(1)>",
  "<https://a.example/<script>alert(1)</script>>",
  "[x]: javascript:alert(1)\n\n[x]",
  "[x]: https://a.example '\"><script>alert(1)</script>'\n\n[x]",
  '```"><script>alert(1)</script>\nx\n```',
  "`<script>alert(1)</script>`",
  "| <img src=x onerror=alert(1)> |\n|---|\n| <script>1</script> |",
  "- [x] <img src=x onerror=alert(1)>",
  '# <a name="x" onclick=alert(1)>',
  "&lt;script&gt;alert(1)&lt;/script&gt;",
  "https://a.example/\"onmouseover='alert(1)'",
  'ACME-1"><script>alert(1)</script>',
  "\u0000<script>alert(1)</script>",
];

describe("an attack", () => {
  it.each(attacks)("%j becomes text", (attack) => {
    const html = render(attack);
    expect(findUnexpected(html)).toEqual([]);
  });

  it("cannot make the server work for long: long and deep texts take their length", () => {
    const long = 100_000;
    for (const piece of [
      "[",
      "![",
      "*a ",
      "> ",
      "- ",
      "`a",
      "<a",
      "| a ",
      "[a](",
      "&",
      "_*",
      "ACME-1 ",
      "https://a ",
    ]) {
      expect(findUnexpected(render(piece.repeat(long / piece.length)))).toEqual([]);
    }
  });
});

/** Elements and attributes that the renderer never makes by itself, and addresses that it must not. */
function findUnexpected(html: string): string[] {
  const elements = [...html.matchAll(/<\/?([a-z0-9]+)((?: [a-z-]+(?:="[^"<>]*")?)*)>/g)];
  const found = html.split("<").length - 1 === elements.length ? [] : [html.slice(0, 200)];
  for (const [element, name = "", attributes = ""] of elements) {
    if (!allowed.has(name)) found.push(element);
    for (const [attribute, key = "", value = ""] of attributes.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)) {
      if (!allowedAttributes.has(key)) found.push(attribute);
      const isLink = /^(https?:\/\/|mailto:|\/acme\/issues\/ACME-\d+$)/.test(value);
      if ((key === "href" && !isLink && value !== attachment) || (key === "src" && value !== attachment))
        found.push(attribute);
    }
  }
  return found;
}
const allowed = new Set(
  "p br h3 h4 h5 h6 ul ol li blockquote pre code em strong s a img table thead tbody tr th td div span hr".split(" "),
);
const allowedAttributes = new Set(
  "href title rel target src alt loading decoding class role tabindex aria-label data-done data-align start".split(" "),
);
