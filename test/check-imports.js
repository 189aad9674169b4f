// Runs the import rules, and fails when they saw nothing: a rule over no modules would always hold.
import { execFileSync } from 'node:child_process';

const output = execFileSync(
  'npx',
  ['depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'temporal'],
  { maxBuffer: 64 * 1024 * 1024, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
);
const { summary } = JSON.parse(output);
for (const { rule, from, to } of summary.violations) console.error(`${rule.name}: ${from} -> ${to}`);
if (summary.totalCruised < 30) console.error(`only ${summary.totalCruised} modules were seen`);
if (summary.violations.length > 0 || summary.totalCruised < 30) process.exit(1);
console.log(`${summary.totalCruised} modules, ${summary.totalDependenciesCruised} imports, no violation`);
