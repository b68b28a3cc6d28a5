/** What happens to the POST that makes something, after which nobody knows whether it is there. @param name what it is called */
export const lostAnswers = (name: string) =>
  [
    ["is never answered, and was not carried out", { reset: "before" }],
    ["is never answered, though it was carried out", { reset: "after" }],
    ["is answered 502, though it was carried out", { process: true, status: 502 }],
    ["is answered 503, and was not carried out", { status: 503 }],
    ["is answered with half a body", { truncate: true }],
    ["is answered with a page of HTML", { process: true, status: 200, body: "<html>Sign in</html>" }],
    ["is answered without an ID", { process: true, status: 200, body: { name } }],
    ["is refused by the limits at first", { status: 429 }],
  ] as const;
