/** docs/fleet.md says of each rule what the tables say, at the anchor that findings name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { fleetRules } from '../../crossbar/catalogue/platform/fleetRules';
import { measureNames } from '../../crossbar/jobs/fleet/guard/measures';
import { rules } from '../../crossbar/jobs/fleet/audit/rules';

const text = readFileSync(join(__dirname, '../../docs/fleet.md'), 'utf8');
const sections = new Map(
	text.split('\n### ').map((section) => [/^<a id="([a-z]+)"><\/a>/.exec(section)?.[1], section]),
);

test.each(Object.entries(fleetRules))('%s', (name, { label, severity }) => {
	const section = sections.get(name.toLowerCase()) ?? '';
	expect(section).toContain(`</a>${label}\n`);
	expect(section.toLowerCase()).toContain(`\n${severity}.`);
	expect(section).toContain(`Reads: ${rules[name as keyof typeof rules].reads}.`);
});

test.each(measureNames)('the guard’s %s', (name) => {
	expect(text).toContain(`<a id="guard-${name.toLowerCase()}"></a>`);
});
