/** The anchor of a heading as GitHub makes it, so that a link works on both. Without what sets two equal headings of a page apart. */
module.exports = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replace(/ /g, "-");
