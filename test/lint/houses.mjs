/**
 * The rooms of each house, top down: a room may use those below it, never one above. This list is the picture that
 * CONTRIBUTING.md shows and that `npm run lint` guards.
 */
export const houses = [
	{
		folder: 'nodes',
		rooms: [
			{ name: 'KazooTrigger', what: 'webhooks of KAZOO start a workflow' },
			{ name: 'KazooLiveTrigger', what: "KAZOO's websocket starts a workflow" },
			{ name: 'KazooPollTrigger', what: 'what is new since the last time starts a workflow' },
			{ name: 'KazooPivotTrigger', what: 'a live call asks the workflow' },
			{ name: 'shared', what: 'what two triggers share' },
			{ name: 'Kazoo', what: 'the action node; its fields, lists and files serve the triggers, too' },
		],
	},
	{
		folder: 'crossbar',
		rooms: [
			{
				name: 'dispatch',
				what: 'who carries an operation out: the engine, or the function that its row names',
			},
			{
				name: 'jobs',
				what: 'whole jobs: customers as documents, people who come and go, all customers at once',
			},
			{ name: 'changes', what: 'plan, apply, journal, revert: the one engine below the jobs' },
			{ name: 'special', what: 'the named exceptions that a row can point to with `via`' },
			{ name: 'poll', what: 'what is new since the last time' },
			{ name: 'live', what: 'the websocket: its frames, its subscriptions, when it breaks' },
			{ name: 'webhooks', what: 'which webhooks are needed, those of one trigger, what they deliver' },
			{ name: 'pivot', what: 'calls that ask what happens next, and answers to them' },
			{
				name: 'operations',
				what: 'from a row and what was filled in to records: request, pages, filters, names, charges',
			},
			{ name: 'catalogue', what: 'every operation, one file a resource, in a folder an area' },
			{ name: 'callflow', what: 'what callflows are made of: modules, steps, what is wrong with them' },
			{ name: 'calls', what: 'legs that become a call' },
			{ name: 'events', what: 'the one list of events for all triggers' },
			{ name: 'http', what: 'the only door to the network: messages, log-in, repeating, files' },
			{ name: 'errors', what: 'a failure becomes a sentence' },
			{ name: 'values', what: 'pure things that know nothing of Crossbar: time, input, phone numbers, CSV' },
		],
	},
	{
		folder: 'sandbox',
		rooms: [
			{ name: 'http', what: "a request's way from the socket to the answer" },
			{ name: 'page', what: 'what a browser sees' },
			{ name: 'control', what: 'what steers it (faults, the log of requests)' },
			{ name: 'routes', what: "Crossbar's endpoints, one file a resource" },
			{ name: 'tasks', what: 'bulk jobs' },
			{ name: 'numbers', what: 'what is done to numbers' },
			{ name: 'auth', what: 'who asks and whether he may' },
			{ name: 'documents', what: 'listing, filtering, reading and changing documents' },
			{ name: 'billing', what: 'what things cost' },
			{ name: 'request', what: "a request as handlers see it, refusals, and the kernel's type" },
			{ name: 'demo', what: 'the demo tenants' },
			{ name: 'webhooks', what: 'tell the outside what happened' },
			{ name: 'blackhole', what: 'tell the outside what happened' },
			{ name: 'faxes', what: 'sends faxes' },
			{ name: 'calls', what: 'the media switch (legs, callflows, conferences, Pivot)' },
			{ name: 'tokens', what: 'log-in tokens and rate limits' },
			{ name: 'bus', what: 'the messages between the parts' },
			{ name: 'schemas', what: "KAZOO's JSON schemas and their validator" },
			{ name: 'store', what: 'databases, accounts, files and changes' },
			{ name: 'values', what: 'pure things (time, ids, CSV, PDF, phone numbers)' },
		],
	},
];
