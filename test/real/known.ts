/** What is known to go wrong, so that a run tells it apart from what is new. An entry goes when the fault does. */

/** Faults of the node, with the answer of a real KAZOO 4. */
const OURS: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/^(bulkTask\.getAll|list of taskId|KAZOO Poll Trigger: taskFinished)$/,
		'KAZOO 4 on CouchDB 3 fails on a list of tasks that is read by pages',
	],
	[/^bulkTask\.stop$/, 'KAZOO wants another Accept header'],
	[/^contactList\.(getVcard|replaceEntry|delete \(user\))$|^user\.getVcard$/, 'not as KAZOO 4 wants it'],
	[/^fax\.(forward|resend)$/, 'the action belongs beside data'],
	[/^notificationTemplate\.deleteAll$/, 'KAZOO wants an action in the query'],
	[/^presence\.resetAll$/, 'only KAZOO 5 has it'],
	[/^whiteLabel\.upload(Icon|Logo)ByDomain$/, 'no KAZOO allows it'],
	[/^KAZOO Poll Trigger: portRequestStateChanged$/, 'KAZOO 4 takes a list of raw states only'],
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
