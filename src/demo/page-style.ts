/** The page's own style, after the look of a pull request on GitHub. */
export const PAGE_STYLE = `
:root {
  --page: #ffffff; --inset: #f6f8fa; --ink: #1f2328; --quiet: #59636e; --line: #d1d9e0; --link: #0969da;
  --good: #1a7f37; --bad: #d1242f; --busy: #9a6700; --open: #1f883d; --site: #f6f8fa; --code: #818b981f;
  --added: #dafbe1; --added-edge: #aceebb; --removed: #ffebe9; --removed-edge: #ffcecb; --chip: #ddf4ff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --inset: #151b23; --ink: #f0f6fc; --quiet: #9198a1; --line: #3d444d; --link: #4493f8;
    --good: #3fb950; --bad: #f85149; --busy: #d29922; --open: #238636; --site: #010409; --code: #656c7633;
    --added: #12261e; --added-edge: #1b4721; --removed: #25171c; --removed-edge: #542426; --chip: #121d2f;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 14px/1.5 -apple-system, BlinkMacSystemFont, "Segoe UI", "Noto Sans", "Liberation Sans", Helvetica, Arial, sans-serif; overflow-wrap: break-word; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
a:not([href]) { color: inherit; text-decoration: none; }
code, pre, .line-text, .line-number { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 12px; }
.quiet { color: var(--quiet); }
.icon { flex: none; vertical-align: text-bottom; }
.good { color: var(--good); } .bad { color: var(--bad); } .busy { color: var(--busy); }
summary { cursor: pointer; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }

.site { display: flex; gap: 6px; align-items: center; padding: 14px 24px; border-bottom: 1px solid var(--line); background: var(--site); }
.mark { width: 20px; height: 20px; margin-right: 6px; border: 5px solid var(--ink); border-radius: 50%; }
.slash { color: var(--quiet); }
main { max-width: 1012px; margin: 0 auto; padding: 24px 24px 8px; }
.title h1 { margin: 0 0 8px; font-size: 30px; font-weight: 400; line-height: 1.25; }
.number { color: var(--quiet); font-weight: 300; }
.title p { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin: 0 0 16px; color: var(--quiet); }
.title b { color: var(--ink); font-weight: 600; }
.state { display: inline-flex; gap: 5px; align-items: center; padding: 5px 12px; border-radius: 2em; background: var(--open); color: #fff; font-weight: 500; }
.state.closed { background: var(--bad); }
.ref { padding: 2px 6px; border-radius: 6px; background: var(--chip); color: var(--link); }
nav { display: flex; gap: 8px; border-bottom: 1px solid var(--line); }
nav a { padding: 8px 12px; color: var(--ink); }
nav a:first-child { border-bottom: 2px solid #fd8c73; font-weight: 600; }
.counter { padding: 0 6px; border-radius: 2em; background: var(--code); font-size: 12px; font-weight: 500; }

.timeline { position: relative; padding-top: 24px; }
.entry { display: grid; grid-template-columns: 40px minmax(0, 1fr); gap: 16px; margin-bottom: 24px; }
.avatar { display: grid; place-items: center; width: 40px; height: 40px; border-radius: 50%; color: #fff; font-weight: 600; font-size: 17px; }
.avatar.bot { border-radius: 8px; background: #24292f; border: 1px solid var(--line); }
.hue-0 { background: #8250df; } .hue-1 { background: #bf3989; } .hue-2 { background: #0969da; }
.hue-3 { background: #1a7f37; } .hue-4 { background: #bc4c00; } .hue-5 { background: #57606a; }
.box { min-width: 0; border: 1px solid var(--line); border-radius: 6px; background: var(--page); }
.box > header { display: flex; gap: 8px; align-items: center; justify-content: space-between; padding: 8px 16px; border-bottom: 1px solid var(--line); border-radius: 6px 6px 0 0; background: var(--inset); color: var(--quiet); }
.box > header b { color: var(--ink); }
.label { padding: 0 7px; border: 1px solid var(--line); border-radius: 2em; color: var(--quiet); font-size: 12px; font-weight: 500; white-space: nowrap; }
.reactions { display: flex; gap: 6px; margin: 0; padding: 0 16px 16px; }
.reaction { padding: 1px 9px; border: 1px solid var(--line); border-radius: 2em; font-size: 12px; }
.commits { margin: 0 0 24px 56px; padding: 0; list-style: none; color: var(--quiet); }
.commits li { display: flex; gap: 8px; align-items: baseline; padding: 4px 0; }
.commits .icon { align-self: center; }
.commit-title { flex: 1; min-width: 0; }
.event { display: flex; gap: 6px; align-items: center; margin: 0 0 12px; color: var(--quiet); }
.event b { color: var(--ink); }
.review > .event { padding-top: 9px; }
.review > .box { margin-bottom: 16px; }
.thread > header code { color: var(--ink); overflow-wrap: anywhere; }
.thread > header .quiet { flex: none; font-size: 12px; }
.thread-comment { display: grid; grid-template-columns: 28px minmax(0, 1fr); gap: 12px; padding: 14px 16px; border-top: 1px solid var(--line); }
.thread-comment > .avatar { width: 28px; height: 28px; font-size: 13px; }
.thread-comment .event { margin: 3px 0 6px; }
.thread-comment .markdown { padding: 0; }
.hunk { display: block; overflow-x: auto; width: 100%; border-collapse: collapse; tab-size: 4; }
.hunk tbody { display: table; min-width: 100%; }
.line-number { width: 1%; min-width: 44px; padding: 0 8px; color: var(--quiet); text-align: right; user-select: none; line-height: 20px; }
.line-text { padding: 0 12px 0 8px; white-space: pre; line-height: 20px; }
.sign { display: inline-block; width: 16px; user-select: none; }
.hunk .added { background: var(--added); } .hunk .removed { background: var(--removed); }
.added .line-number { background: var(--added-edge); } .removed .line-number { background: var(--removed-edge); }
.suggestion { margin-bottom: 16px; border: 1px solid var(--line); border-radius: 6px; }
.suggestion p { margin: 0; padding: 6px 12px; border-bottom: 1px solid var(--line); color: var(--quiet); font-size: 12px; }
.suggestion pre { margin: 0; border-radius: 0 0 6px 6px; padding: 0; background: none; }
.suggestion .row { display: block; padding: 0 12px; line-height: 20px; }
.suggestion .row::before { display: inline-block; width: 16px; content: "+"; }
.suggestion .removed::before { content: "-"; }
.suggestion .added { background: var(--added); } .suggestion .removed { background: var(--removed); }

.checks { margin: 0 0 24px 56px; }
.checks h2 { margin: 0; padding: 4px 0; color: var(--ink); font-size: 16px; font-weight: 600; }
.check + .check { border-top: 1px solid var(--line); }
.check > summary { display: flex; gap: 10px; align-items: center; padding: 10px 16px; list-style: none; }
.check > summary::-webkit-details-marker { display: none; }
.check > summary::after { margin-left: auto; color: var(--link); font-size: 12px; content: "Details"; }
.check > .markdown { border-top: 1px solid var(--line); }
.annotations { margin: 0 16px 16px; padding: 0; list-style: none; }
.annotations li { margin-top: 8px; padding: 8px 12px; border-left: 3px solid var(--busy); background: var(--inset); }
.annotations .failure { border-color: var(--bad); }
.annotations pre { margin: 4px 0 0; white-space: pre-wrap; }
.actions { display: flex; gap: 8px; margin: 0 16px 16px; }
.button { padding: 4px 12px; border: 1px solid var(--line); border-radius: 6px; background: var(--inset); font-weight: 500; font-size: 12px; }

.markdown { padding: 16px; overflow-x: auto; }
.markdown > :first-child { margin-top: 0; } .markdown > :last-child { margin-bottom: 0; }
.markdown p, .markdown ul, .markdown ol, .markdown table, .markdown pre, .markdown details, .markdown blockquote { margin: 0 0 16px; }
.markdown details > :last-child { margin-bottom: 0; }
.markdown details[open] > summary { margin-bottom: 12px; }
.markdown h1, .markdown h2, .markdown h3, .markdown h4 { margin: 20px 0 12px; font-weight: 600; line-height: 1.25; }
.markdown h1 { font-size: 24px; } .markdown h2 { font-size: 20px; } .markdown h3 { font-size: 17px; } .markdown h4 { font-size: 14px; }
.markdown ul, .markdown ol { padding-left: 2em; }
.markdown li + li { margin-top: 4px; }
.markdown blockquote { padding: 0 1em; border-left: 4px solid var(--line); color: var(--quiet); }
.markdown code { padding: 2px 5px; border-radius: 6px; background: var(--code); overflow-wrap: anywhere; }
.markdown pre { padding: 12px 16px; overflow-x: auto; border-radius: 6px; background: var(--inset); line-height: 1.45; }
.markdown pre code { padding: 0; background: none; overflow-wrap: normal; }
.markdown .suggestion pre { padding: 0; border-radius: 0 0 6px 6px; background: none; }
.markdown table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; }
.markdown th, .markdown td { padding: 6px 13px; border: 1px solid var(--line); vertical-align: top; }
.markdown th { font-weight: 600; }
.markdown sub { font-size: 12px; line-height: 1.6; vertical-align: baseline; color: var(--quiet); }
.markdown img { max-width: 100%; vertical-align: top; background: #fff; }
.markdown .zoom { display: inline-block; margin: 0; }
.zoom > summary { list-style: none; cursor: zoom-in; }
.zoom > summary::-webkit-details-marker { display: none; }
.markdown .zoom[open] > summary { position: fixed; z-index: 9; inset: 0; display: block; margin: 0; padding: 24px; overflow: auto; background: #000c; cursor: zoom-out; text-align: center; }
.markdown .zoom[open] img { width: auto; max-width: 100%; }
.no-picture { padding: 2px 6px; border: 1px dashed var(--line); color: var(--quiet); }

.answer { display: grid; gap: 8px; margin: 0 0 24px 56px; }
.answer textarea { width: 100%; min-height: 72px; padding: 8px 12px; border: 1px solid var(--line); border-radius: 6px; background: var(--page); color: inherit; font: inherit; }
.answer button { justify-self: end; padding: 6px 16px; border: 0; border-radius: 6px; background: var(--open); color: #fff; font: inherit; font-weight: 500; cursor: pointer; }
footer { max-width: 1012px; margin: 0 auto; padding: 16px 24px 40px; color: var(--quiet); font-size: 12px; }
@media (max-width: 640px) {
  main { padding: 16px 16px 8px; }
  .title h1 { font-size: 24px; }
  .entry { grid-template-columns: minmax(0, 1fr); }
  .entry > .avatar { display: none; }
  .commits, .checks, .answer { margin-left: 0; }
  .line-number { min-width: 32px; padding: 0 4px; }
  .markdown td img { max-width: none; }
  nav { overflow-x: auto; }
}
`;
