/** What Fleet: Audit can look for, in words; how each is found stands in `crossbar/jobs/fleet/audit/rules/`. */
export type Severity = 'critical' | 'warning' | 'note';

interface RuleWords {
	readonly label: string;
	readonly severity: Severity;
	/** What to do about it, a sentence without the final dot. */
	readonly todo: string;
}

const rule = (severity: Severity, label: string, todo: string): RuleWords => ({ severity, label, todo });

export const fleetRules = {
	adminAway: rule(
		'note',
		'Administrators Not Logged In',
		'Ask whether somebody still looks after the account',
	),
	adminNoSecondFactor: rule(
		'warning',
		'Administrator Without Second Factor',
		'Switch the second factor on in Security, or make the person a user',
	),
	accountOffWithNumbers: rule(
		'warning',
		'Disabled Account With Numbers',
		'Release or move its numbers, or enable it again',
	),
	balanceLow: rule('warning', 'Low Balance', 'Add credit, or ask the customer to'),
	blueprintDeviation: rule('note', 'Deviation From Blueprint', 'Apply the change, or change the blueprint'),
	callflowBroken: rule('critical', 'Callflow Points to Nothing', 'Choose another target, or remove the step'),
	callsAbroadAllowed: rule(
		'warning',
		'Calls Abroad Allowed',
		'Deny them, or name the account in Allowed to Call Abroad',
	),
	emergencyNoAddress: rule(
		'warning',
		'Number Without Emergency Address',
		'Set the address at which help is needed',
	),
	emergencyNoCallerId: rule(
		'critical',
		'No Emergency Caller ID',
		'Set a number of the account as its emergency caller ID',
	),
	forwardAbroad: rule('critical', 'Forwarding Abroad', 'Switch it off unless the person asked for it'),
	holidayPast: rule('note', 'Holiday in the Past', 'Give it a new date, or switch it off'),
	limitsZero: rule('warning', 'Limits of Zero', 'Set how many calls the account may have'),
	mailboxFull: rule('warning', 'Full Voicemail Box', 'Delete messages; callers cannot leave any'),
	mailboxMailsNobody: rule(
		'warning',
		'Voicemail Email to Nobody',
		'Give the box an address or an owner who has one',
	),
	mediaUnused: rule('note', 'Unused Media', 'Delete it if nobody misses it'),
	numberForeign: rule(
		'critical',
		'Callflow With Foreign Number',
		'Take the number out, or get it into the account',
	),
	numberRingsNowhere: rule('warning', 'Number Rings Nowhere', 'Put it into a callflow, or release it'),
	numberTwice: rule('critical', 'Number in Two Callflows', 'Take it out of one of them'),
	passwordWeak: rule('critical', 'Weak SIP Password', 'Make a new one and provision the phone'),
	phoneOffline: rule('warning', 'Phone Off-Line', 'Ask whether it is still in use'),
	phoneWithoutOwner: rule('note', 'Phone Without Owner', 'Give it to somebody, or delete it'),
	pinWeak: rule('critical', 'Weak Voicemail PIN', 'Make a new one and tell the person'),
	portStuck: rule('warning', 'Port Request Stuck', 'Ask the carrier'),
	ruleUnused: rule('note', 'Time of Day Rule in No Callflow', 'Use it in a callflow, or delete it'),
	timeZoneWrong: rule('warning', 'Time Zone Missing or Wrong', 'Set the time zone of the place'),
	userWithoutPhone: rule('note', 'User Without Phone', 'Give the person a phone, or delete the user'),
	webhookFailing: rule('warning', 'Webhook Failing', 'Look at what receives it'),
	webhookOff: rule('warning', 'Webhook Switched Off', 'Look at what receives it, then switch it on again'),
} as const satisfies Readonly<Record<string, RuleWords>>;

export type RuleName = keyof typeof fleetRules;
