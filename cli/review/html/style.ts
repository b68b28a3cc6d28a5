import { markup } from "../../html/markup";

/** Narrow first: what a wide screen adds stands last. */
export const STYLE = markup`
html { scroll-padding-top: 1rem }
h1 { margin: .75rem 0 .25rem; font-size: 1.1rem; color: var(--muted) }
h2 { margin: 1rem 0 .15rem; font-size: 1.6rem }
h3 { margin: 1.1rem 0 .4rem; font-size: 1.15rem }
h2 code { padding: 0; background: none; font-weight: 600 }
h4 { display: inline; margin: 0; font-size: 1rem }
a { color: var(--link) }
code, kbd { padding: .1em .35em; border-radius: .35em; background: var(--subtle) }
pre { margin: .25rem 0; padding: .75rem; border-radius: .5rem; background: var(--subtle); white-space: pre-wrap }
[hidden] { display: none !important }
main:focus, h2:focus, h3:focus { outline: none }
.skip { position: absolute; left: 1rem; top: -10rem; padding: .5rem 1rem; background: var(--page); z-index: 1 }
.skip:focus { top: .5rem }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }

nav ul { margin: 0; padding-left: 1.25rem }
#tools { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; margin-top: .75rem; padding: .5rem .75rem;
  border: 1px solid var(--line); border-radius: .5rem; background: var(--subtle); font-size: .9rem }
#tools input[type="search"] { width: 11rem; max-width: 100% }
#tools input, #tools button { font: inherit; accent-color: var(--link) }
#tools input[type="search"], #tools button { padding: .25rem .6rem; min-height: 2rem; border: 1px solid var(--edge);
  border-radius: .4rem; background: var(--page); color: var(--text) }
#tools button { cursor: pointer }
#tools kbd { background: var(--page); border: 1px solid var(--line) }
#shown { margin: 0 }

.stack + .stack { margin-top: 2.5rem; border-top: 1px solid var(--line) }
.counts { margin: 0 0 .75rem; font-size: 1.1rem; font-weight: 600 }
.alert { margin: .5rem 0; padding: .5rem .9rem; border-left: .3rem solid; border-radius: .25rem; background: var(--subtle) }
.alert { border-color: var(--tint) }
.alert .kind { color: var(--tint); font-weight: 700 }
.alert code { background: none; padding: 0 }
.caution { --tint: var(--red) }
.warning { --tint: var(--yellow) }
.important { --tint: var(--purple) }
.failures { margin: .5rem 0; padding: 0; list-style: none }
.failures p { margin: .5rem 0 0 }

.entry { margin: .6rem 0; border: 1px solid var(--line); border-radius: .5rem }
.entry > details > summary, .head { padding: .6rem .9rem }
.entry > details > summary { cursor: pointer }
.entry > details[open] > summary { border-bottom: 1px solid var(--line); background: var(--subtle);
  border-radius: .5rem .5rem 0 0 }
.body { padding: .25rem .9rem .75rem }
.badge { display: inline-block; margin-right: .25rem; padding: 0 .6em; border: 1px solid var(--tint); border-radius: 1em;
  color: var(--tint); font-size: .8rem; line-height: 1.5rem }
.where, .verdict, .small { color: var(--muted) }
.where code, h4 code { padding: 0; background: none; color: var(--text) }
.badge { --tint: var(--muted) }
.create, .adopt { --tint: var(--green) }
.change, .wait { --tint: var(--link) }
.delete, .replace, .cancel, .cancelIfActive { --tint: var(--red) }
.run { --tint: var(--purple) }
.drift { --tint: var(--yellow) }
.note { margin: .5rem 0; padding-left: .75rem; border-left: .25rem solid var(--line) }
.verdict, .small { margin: .25rem 0; font-size: .9rem }
.size { margin: .5rem 0 }
.bars { display: grid; grid-template-columns: max-content minmax(0, 24rem); gap: 0 .6rem; align-items: center; margin-top: .25rem }
.bars .small { margin: 0 }
.bar { width: 100%; height: .6rem }
.bar .room { fill: var(--subtle) }
.bar .share { fill: var(--muted) }
.bar.after .share { fill: var(--link) }
.reasons { margin: .25rem 0 0; padding-left: 1.25rem }

.fields { margin: .5rem 0 }
.fields > div { padding: .25rem 0 }
.fields dt { font-weight: 600; font-size: .9rem }
.fields dd { margin: .1rem 0 }
del, ins { display: flex; padding: 0 .5rem; text-decoration: none; border-radius: .2rem }
.sign { flex: none; display: inline-block; width: 1.1em; font-weight: 700 }
del { background: var(--removed) }
ins { background: var(--added) }
del .sign, .removed > .text > .sign { color: var(--red) }
ins .sign, .added > .text > .sign { color: var(--green) }

.sentence, .sides { margin: .25rem 0 }
.label { margin: .25rem 0 .1rem; font-size: .8rem; font-weight: 600; color: var(--muted) }
.line { margin: 0; padding: .05rem 0 }
.sides .line { padding: .05rem 0 }
.sides .kept { padding-left: calc(.5rem + 1.1em) }
.filler { display: none }
.in1 { margin-left: .75rem } .in2 { margin-left: 1.5rem } .in3 { margin-left: 2.25rem }
.in4 { margin-left: 3rem } .in5 { margin-left: 3.75rem } .in6 { margin-left: 4.5rem }
.in7 { margin-left: 5.25rem } .in8 { margin-left: 6rem } .in9 { margin-left: 6.75rem }

.diagram { margin-top: .25rem }
.diagram > summary { display: list-item; padding: .25rem 0; cursor: pointer; font-size: .9rem }
.boxes { margin: 0; padding: 0; list-style: none; font-size: .9rem; line-height: 1.4 }
.box { margin: .35rem 0 0; padding: .35rem .6rem .45rem; border: 1px solid var(--edge); border-radius: .5rem; background: var(--page) }
.figure > .boxes > .box, .box .box .box { background: var(--subtle) }
.box .box, .box .box .box .box { background: var(--page) }
.box.removed { border: 2px dashed var(--red); background: var(--removed) }
.box.added { border: 2px solid var(--green); background: var(--added) }
.steps > .box { position: relative }
.steps > .box + .box { margin-top: 1.5rem }
.steps > .box + .box::before { content: "\\2193" / ""; position: absolute; left: 0; right: 0; top: -1.55rem; text-align: center;
  font-size: 1.1rem; line-height: 1.5; color: var(--muted) }
.very-deep { padding-inline: 0; border-inline: 0; border-radius: 0 }

@media (max-width: 39.99rem) {
  .deep { padding-inline: 0; border-inline: 0; border-radius: 0 }
}
@media (min-width: 40rem) {
  .sides { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); grid-auto-flow: row dense; column-gap: 1rem }
  .side { display: contents }
  .before > * { grid-column: 1 }
  .after > * { grid-column: 2 }
  .filler { display: block }
  .figures { display: flex; gap: 1rem }
  .figure { flex: 1; min-width: 0; max-width: 40rem }
  .fields > div { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); column-gap: 1rem }
  .fields dt { grid-column: 1 / -1 }
}
@media print {
  .skip, #tools, nav { display: none }
  .entry, .box { break-inside: avoid }
  del, ins, .box, .badge { print-color-adjust: exact; -webkit-print-color-adjust: exact }
}
`;
