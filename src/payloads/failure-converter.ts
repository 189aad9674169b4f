// For the SDK, which loads it by path, also into the workflows' isolates. Messages and stack traces become a payload, and so are
// encrypted like any other.
import { DefaultFailureConverter } from '@temporalio/common';

export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
