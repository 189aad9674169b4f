// Build step: `node dist/src/workers/bundle-workflows.js`. Bundling at start would cost a second and 100 MB in each process.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { PROJECT_ROOT } from '../config.js';
import { FAILURE_CONVERTER, PAYLOAD_CONVERTER, type Payloads } from '../payloads/payloads.js';

/** Where the build leaves the bundle and the workers find it. A failure converter is part of a bundle: one has ours, the other the SDK's. */
export const bundleFile = ({ encrypted }: Pick<Payloads, 'encrypted'>) =>
  `${PROJECT_ROOT}/dist/workflow-bundle${encrypted ? '-encrypted' : ''}.js`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const encrypted of [false, true]) {
    const { code } = await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('../workflows/index.js', import.meta.url)),
      payloadConverterPath: PAYLOAD_CONVERTER,
      ...(encrypted ? { failureConverterPath: FAILURE_CONVERTER } : {}),
      logger: new DefaultLogger('WARN'),
    });
    await writeFile(bundleFile({ encrypted }), code);
  }
}
