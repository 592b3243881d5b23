import type { Area } from '../notation';
import { accounts } from './accounts';
import { auth } from './auth';
import { callflowRouting } from './callflow-routing';
import { callflowSteps } from './callflow-steps';
import { calls } from './calls';
import { configurations } from './configurations';
import { devices } from './devices';
import { messages } from './messages';
import { metaflows } from './metaflows';
import { numbers } from './numbers';
import { organization } from './organization';
import { storage } from './storage';

/** The field tables of every schema: facts of schemas-v4 and schemas-v5, in our notation. */
export const AREAS: readonly Area[] = [
	accounts,
	auth,
	callflowRouting,
	callflowSteps,
	calls,
	configurations,
	devices,
	messages,
	metaflows,
	numbers,
	organization,
	storage,
];
