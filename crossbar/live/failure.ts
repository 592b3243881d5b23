/** Why the websocket cannot be listened to: what happened, and what to do. */
export class LiveFailure extends Error {
	/** @param lasting trying again would not help */
	constructor(
		message: string,
		readonly description: string,
		readonly lasting: boolean,
	) {
		super(message);
	}
}

interface Refusal {
	readonly says: RegExp;
	readonly message: string;
	readonly description: string;
	readonly passes?: true;
}

const REFUSALS: readonly Refusal[] = [
	{
		says: /authenticat|authentication token|auth_account_id/i,
		message: 'The websocket server did not accept the log-in',
		description:
			'Crossbar accepts it, so the websocket server may belong to another KAZOO, or its clock may be wrong. Check Websocket URL in the credential.',
		passes: true,
	},
	{
		says: /unauthorized (wildcard )?account id|unauthorized wildcard/i,
		message: 'The log-in may not listen to this account',
		description:
			'KAZOO lets an account listen to itself and to the accounts below it. Choose another Account.',
	},
	{
		says: /rate limit/i,
		message: 'The websocket server takes no more messages',
		description: 'It went on refusing them for their rate. Choose fewer events or accounts.',
		passes: true,
	},
	{
		says: /not supported|no available subscriptions|invalid format|Unsupported|ConferenceId required/i,
		message: 'The websocket server does not know an event that was chosen',
		description: 'Its version may lack it, or a part of KAZOO is not running. Take the event out.',
	},
];

/**
 * A subscription that the server refused.
 * @param words of the server, freed of secrets
 */
export function refusedSubscription(words: string, asked: string): LiveFailure {
	const known = REFUSALS.find(({ says }) => says.test(words));
	const { message, description } = known ?? {
		message: 'The websocket server refused to send events',
		description: 'Its log may say more.',
	};
	return new LiveFailure(
		message,
		`${description} Asked for: ${asked}. The server said: “${words}”.`,
		!known?.passes,
	);
}
