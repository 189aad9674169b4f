import type { Account } from './account.js';
import type { TestedService } from './tested-service.js';

/** A plug that is pulled while jobs come in. */
export type Fault = {
  name: string;
  /**
   * Does the damage, and mends what does not mend itself: when it resolves, nothing is kept broken any more. The function
   * that it may answer with is called when all jobs have ended, and throws when something did not come out as it must.
   */
  inflict(service: TestedService): Promise<((account: Account) => void | Promise<void>) | undefined>;
};
