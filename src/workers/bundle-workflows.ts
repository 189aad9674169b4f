// Build step: `node dist/src/workers/bundle-workflows.js`. Bundling at start would cost a second and 100 MB in each process.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { PROJECT_ROOT } from '../config.js';

/** Where the build leaves the bundle and the workers find it. */
export const WORKFLOW_BUNDLE = `${PROJECT_ROOT}/dist/workflow-bundle.js`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { code } = await bundleWorkflowCode({
    workflowsPath: fileURLToPath(new URL('../workflows/index.js', import.meta.url)),
    logger: new DefaultLogger('WARN'),
  });
  await writeFile(WORKFLOW_BUNDLE, code);
}
