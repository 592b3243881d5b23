/** What the jobs that take somebody out of an account have in common. */
import type { KindName } from '../../changes/kinds';

/** What may ring, name or belong to somebody, and what is called by name in the report. */
export const STANDING: readonly KindName[] = [
	'user',
	'device',
	'directory',
	'media',
	'menu',
	'timeOfDayRule',
	'voicemailBox',
	'group',
	'callflow',
];

/** What stands in the form is what is wanted: it is not asked again whether it may go. */
export const WANTED = 0;
