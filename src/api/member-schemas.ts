// Body of GET /ready for who asks for JSON. The type and the OpenAPI document come from here.
import { z } from 'zod';
import { hostCodeSchema } from '../host-finding.js';

const memberSchema = z
  .strictObject({
    role: z.enum(['runner', 'api']),
    name: z.string().describe('the name of a runner, the host name of an API process'),
    languages: z.array(z.string()).describe('ids of the languages whose jobs the runner takes now'),
    problems: z.array(hostCodeSchema).describe('what keeps the runner from taking jobs, all or some'),
    warnings: z.array(hostCodeSchema).describe('what its operator should look at'),
  })
  .meta({ id: 'Member' });

export type Member = z.infer<typeof memberSchema>;

export const readinessSchema = z
  .strictObject({ ready: z.boolean(), members: z.array(memberSchema) })
  .meta({ id: 'Readiness' });

export type Readiness = z.infer<typeof readinessSchema>;
