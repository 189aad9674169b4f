import type { TestProject } from 'vitest/node';
import { startTestService } from '../live/global-setup.js';
import { wantedLanguages } from './wanted.js';

/** One service with all wanted languages, whose images are built by the same steps as ./deploy.sh builds them. */
export default async function setUpService(project: TestProject): Promise<() => Promise<void>> {
  return startTestService(
    project,
    wantedLanguages()
      .map(({ id }) => id)
      .join(','),
  );
}
