/**
 * The import rules, lowest folder first. Few, forbidding, about folders.
 * `test/layers.test.ts` plants a violation of each kind.
 */
const vendors =
  'node_modules/(probot|@probot|octokit|@octokit|playwright|playwright-core|axe-core|oxc-parser|oxc-resolver|pg|pg-boss|@electric-sql|ai|@ai-sdk|oxlint|@biomejs|@astral-sh|@secretlint)(/|$)';
const core = '^src/(lib|domain|life|agent|affected|report|review|verify|config|jobs|webhooks)/';

/** Files of `from` may import, inside `src/`, only what `allowed` names. */
const only = (from, ...allowed) => ({
  name: `${from}-border`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: allowed },
});

const adapters = ['github', 'git', 'browser', 'analysers', 'mail', 'storage', 'queue'];

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'core-knows-no-vendor', severity: 'error', from: { path: core }, to: { path: vendors } },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    {
      name: 'review-and-verify-are-strangers',
      severity: 'error',
      from: { path: '^src/(review|verify)/' },
      to: { path: '^src/(review|verify)/', pathNot: '^src/$1/' },
    },
    only('lib', '^src/lib/'),
    only('domain', '^src/(domain|lib)/'),
    only('life', '^src/(life|domain|lib)/'),
    only('report', '^src/(report|domain|lib)/'),
    only('agent', '^src/(agent|domain|lib)/'),
    only('affected', '^src/(affected|domain|lib)/'),
    only('review', '^src/(review|agent|domain|lib)/'),
    only('verify', '^src/(verify|domain|lib)/'),
    only('config', '^src/(config|domain|lib)/', '^src/(review|verify)/settings[.]ts$'),
    only('jobs', '^src/(jobs|affected|config|review|verify|life|report|domain|lib)/'),
    // Beside the adapter itself, the process in which the readers run.
    only('models', '^src/(models|agent|domain|lib)/'),
    only('webhooks', '^src/(webhooks|domain|lib)/', '^src/jobs/(job|ports)[.]ts$'),
    ...adapters.map((name) =>
      only(
        name,
        `^src/(${name}|domain|lib)/`,
        '/ports[.]ts$',
        '^src/jobs/job[.]ts$',
        '^src/(review|verify)/settings[.]ts$',
      ),
    ),
    only(
      'server',
      '^src/(server|webhooks|config|domain|lib)/',
      '^src/jobs/(job|ports)[.]ts$',
      '/ports[.]ts$',
    ),
    only('fake-github', '^src/(fake-github|lib)/'),
    // The faces may import what they show; none of them is imported from below, and only the demo plays GitHub.
    {
      name: 'app-border',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { path: '^src/(cli|demo|fake-github)/' },
    },
    { name: 'cli-border', severity: 'error', from: { path: '^src/cli/' }, to: { path: '^src/fake-github/' } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
