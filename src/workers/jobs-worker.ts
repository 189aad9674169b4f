// Jobs' workflows run in the thread that polls for them. The SDK has another thread for them: each activation goes there and back as
// a message, each of its four calls into a workflow starts one more thread to end it after 5 s, and each promise keeps a stack
// trace. That guards against workflows that compute for ever; ours only wait. It took 3 of the 12.5 ms of CPU time of a job here.
import vm from 'node:vm';
import { Worker } from '@temporalio/worker';
import { ReusableVMWorkflowCreator } from '@temporalio/worker/lib/workflow/reusable-vm.js';

type CreateWorkflowCreator = (typeof Worker)['createWorkflowCreator'];

/** Without a time limit, which is what starts threads. */
const NO_LIMIT = undefined as unknown as number;

/** A worker for workflows that are known to end each of their steps. Its workflows have no `__stack_trace` to be asked for. */
export class JobsWorker extends Worker {
  protected static override async createWorkflowCreator(
    ...[bundle, { activities }]: Parameters<CreateWorkflowCreator>
  ): ReturnType<CreateWorkflowCreator> {
    const script = new vm.Script(bundle.code, { filename: bundle.filename });
    return new ReusableVMWorkflowCreator(script, bundle, NO_LIMIT, new Set(activities.keys()));
  }
}
