// Who may import what. The table stands in the README; `npm run check:imports` holds the code to it.
const forbid = (name, from, to, comment) => ({ name, severity: 'error', comment, from: { path: from }, to });

module.exports = {
  forbidden: [
    forbid('no-cycles', '^(src|temporal)', { circular: true }, 'files form a tree'),
    forbid(
      'api-stays-in-front',
      '^src/api',
      {
        path: '^(src/(activities|workers)|node_modules/(dockerode|@types/dockerode))',
        pathNot: '^src/workers/workflow-worker',
      },
      'the API has no Docker; its entry alone starts the workflow worker',
    ),
    forbid(
      'only-the-entry-starts-workers',
      '^src/api/(?!server\\.ts)',
      { path: '^src/workers' },
      'the API reaches programs through Temporal only',
    ),
    forbid(
      'api-speaks-temporal-in-few-files',
      '^src/api/(?!(job-client|job-end|job-list|listed-job|load-reader|live-workers|members|server)\\.ts)',
      { path: '^node_modules/@temporalio' },
      'job-client.ts asks Temporal for jobs, with job-end.ts, job-list.ts and listed-job.ts as its parts, load-reader.ts for its load, members.ts for who is there',
    ),
    forbid(
      'workflows-are-pure',
      '^src/workflows',
      {
        pathNot: [
          '^src/workflows',
          '^src/temporal-names\\.ts',
          '^node_modules/@temporalio/(workflow|common)',
        ],
        dependencyTypesNot: ['type-only'],
      },
      'workflow code is replayed: types, pure values and the workflow SDK only',
    ),
    forbid(
      'activities-are-handed-things',
      '^src/activities',
      { path: '^(src/(api|workflows|workers|config)|temporal/)' },
      'activities get what they need from the entry that creates them',
    ),
    forbid(
      'workers-do-not-serve-http',
      '^src/workers',
      { path: '^(src/api|node_modules/express)' },
      'HTTP is the API’s',
    ),
    forbid(
      'names-are-pure',
      '^src/temporal-names\\.ts',
      { pathNot: '^node_modules/@temporalio/common' },
      'workflow code imports it',
    ),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.js'] },
  },
};
