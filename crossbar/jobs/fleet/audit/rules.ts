/** All rules of the audit: the words of each are in the catalogue. */
import type { RuleName } from '../../../catalogue/platform/fleetRules';
import { accountRules } from './account';
import { boxRules } from './boxes';
import { callflowRules } from './callflows';
import { peopleRules } from './people';
import type { Rule } from './rule';
import { timeRules } from './times';

export const rules: Readonly<Record<RuleName, Rule>> = {
	...accountRules,
	...boxRules,
	...callflowRules,
	...peopleRules,
	...timeRules,
};
