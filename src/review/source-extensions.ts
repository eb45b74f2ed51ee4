/**
 * Endings of files that hold program code in languages which the style and logic reviewers may not read.
 *
 * A changed file with one of these that nobody but the search for secrets reads makes a review partial. HTML and
 * templates are here because they hold scripts. Left out is what nobody reviews for logic: style sheets, prose, data
 * and configuration (JSON, YAML, TOML, XML), lock files, licences and pictures.
 */
export const SOURCE_EXTENSIONS: ReadonlySet<string> = new Set(
  [
    'go rs c h cc cpp cxx hh hpp m mm zig nim d asm s cu f90',
    'java kt kts scala groovy gradle clj cljs cljc',
    'cs fs fsx vb swift dart',
    'rb erb php pl pm lua r jl tcl',
    'ex exs eex heex erl hrl hs ml mli elm',
    'pyx ipynb coffee',
    'sh bash zsh fish ps1 psm1 bat cmd sql sol tf',
    'vue svelte astro html htm ejs hbs jinja j2 twig liquid cshtml razor jsp',
  ].flatMap((line) => line.split(' ')),
);
