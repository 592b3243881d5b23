/** What is known to go wrong, so that a run tells it apart from what is new. An entry goes when the fault does. */

/** What cannot be had of a real KAZOO 4, with its answer. */
const OURS: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/^(bulkTask\.getAll|list of taskId|KAZOO Poll Trigger: taskFinished)$/,
		'KAZOO 4 on CouchDB 3 fails on every list of tasks, by pages or whole',
	],
	[
		/^(contactList|user)\.getVcard$/,
		'KAZOO 4 gives a vCard of no bytes, or 500, in whatever form it is asked for',
	],
];

/** What a real KAZOO 4 does and the sandbox does not play. */
const NOT_IN_SANDBOX: ReadonlyArray<readonly [RegExp, string]> = [
	[/^contactList\.\w+ \(user\)$/, 'contacts of a user'],
	[/^device\.getHotDesks \(user\)$/, 'the hot desks of a user'],
	[/^fax\.send \(faxbox\)$/, 'sending from a fax box'],
	[/^message\.send \((user|device)\)$/, 'messages of a user or device'],
	[/^notificationTemplate\.sendCustomerUpdate$/, 'a customer update without a recipient'],
	[/^presence\.\w+ \((user|device)\)$/, 'lamps of a user or device'],
];

const reasonIn = (table: typeof OURS, name: string): string | undefined =>
	table.find(([pattern]) => pattern.test(name))?.[1];

/** Why a case that failed is no news; undefined where it is. */
export function knownFault(name: string): string | undefined {
	return reasonIn(OURS, name);
}

/** What the sandbox lacks for a case. */
export function lackOfSandbox(name: string): string | undefined {
	const lacks = reasonIn(NOT_IN_SANDBOX, name);
	return lacks && `the sandbox does not play ${lacks}`;
}
