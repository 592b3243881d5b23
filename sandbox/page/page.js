/** The page: shows what `/sandbox/events` tells, and does what its buttons say. */
import { choices, clock, fill, grade, make, send } from './parts.js';

const byId = (id) => document.getElementById(id);

/** What may happen in a call: a name, and the steps. */
const STORIES = [
	['Somebody answers, they talk, the caller hangs up', undefined],
	['Nobody answers, the caller leaves a message', ['noAnswer', { do: 'leaveMessage', seconds: 8 }]],
	['Nobody answers, the caller leaves no message', ['noAnswer']],
	['The caller gives up while it rings', [{ do: 'hangUp', after: 6 }]],
	['The phone is busy', ['busy']],
	['The call is refused', ['reject']],
	[
		'Answered, held, taken back, hung up by the other side',
		['answer', { do: 'hold', seconds: 6 }, { do: 'hangUp', by: 'callee', after: 8 }],
	],
	['Answered, recorded, hung up', ['answer', { do: 'record', after: 1 }, { do: 'hangUp', after: 20 }]],
	['Answered and parked, nobody fetches the caller', ['answer', 'park', { do: 'hangUp', after: 40 }]],
	[
		'The caller presses 1, somebody answers',
		[{ do: 'digits', digits: '1' }, 'answer', { do: 'hangUp', after: 20 }],
	],
	[
		'The caller presses 2, somebody answers',
		[{ do: 'digits', digits: '2' }, 'answer', { do: 'hangUp', after: 20 }],
	],
];

let state;

function tell(text, isBad = false) {
	const message = byId('message');
	message.className = isBad ? 'bad' : '';
	message.textContent = text;
}

/** Does what a button says, says what came of it, and lets it be pressed once only meanwhile. */
async function press(button, act) {
	// A button that is switched off would lose the focus.
	if (button.ariaDisabled === 'true') return;
	button.ariaDisabled = 'true';
	try {
		tell(await act());
	} catch (error) {
		tell(error.message, true);
	} finally {
		button.ariaDisabled = 'false';
	}
}

function onSubmit(id, act) {
	byId(id).addEventListener('submit', (event) => {
		event.preventDefault();
		const form = event.target;
		const values = Object.fromEntries(new FormData(form));
		void press(form.querySelector('button'), () => act(values));
	});
}

const nameOf = (account) => state.accounts.find(({ id }) => id === account)?.name ?? '';

/** The account that the list of phones shows. */
const chosen = () => byId('account').value;

function count(number, what) {
	return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function accounts() {
	return state.accounts.map(({ name, realm, depth, users, phones, numbers }) =>
		make(
			`li.deep-${Math.min(depth, 3)}`,
			{},
			make('strong', {}, name),
			make(
				'span.soft',
				{},
				`${realm}: ${[count(users, 'user'), count(phones, 'phone'), count(numbers, 'number')].join(', ')}`,
			),
		),
	);
}

function phone({ id, name, owner, extension, registered, busy }) {
	const status = busy ?? (registered === undefined ? 'cell phone' : registered ? 'registered' : 'off-line');
	const dot = busy ? 'busy' : registered === undefined ? 'none' : registered ? 'on' : 'off';
	const button =
		registered === undefined
			? undefined
			: make('button.quiet.small', {
					'data-key': `plug-${id}`,
					'aria-label': `${registered ? 'Set off-line' : 'Register'}: ${name}`,
					textContent: registered ? 'Set off-line' : 'Register',
					onclick: ({ target }) =>
						void press(target, async () => {
							await send('PUT', `/sandbox/devices/${id}`, { registered: !registered });
							return `${name} is ${registered ? 'off-line' : 'registered'} now.`;
						}),
				});
	return make(
		'li',
		{},
		make(`span.dot.${dot}`, { 'aria-hidden': 'true' }),
		make(
			'span',
			{},
			make('span', {}, name),
			make('span.soft', {}, [extension, owner, status].filter(Boolean).join(' · ')),
		),
		button,
	);
}

function phones() {
	const mine = state.phones.filter(({ account }) => account === chosen());
	return mine.length > 0 ? mine.map(phone) : [make('li.empty', {}, 'This account has no phones.')];
}

function call(report) {
	const { id, from, to, status, account_name, hangup_cause, duration_seconds, transcript, unused_steps } =
		report;
	const isOn = status === 'running';
	const hangUp = make('button.quiet.small', {
		'data-key': `hang-up-${id}`,
		textContent: 'Hang up',
		onclick: ({ target }) =>
			void press(target, async () => {
				await send('DELETE', `/sandbox/calls/${id}`);
				return 'The caller hangs up.';
			}),
	});
	const lines = transcript.map(({ at, leg, what }) =>
		make('li', {}, make('span.at', {}, `${at} s`), make('span.soft', {}, leg), make('span', {}, what)),
	);
	const left = unused_steps.map((step) => step.do);
	return make(
		'details',
		{ 'data-key': id, open: isOn },
		make(
			'summary',
			{},
			make('span.grow', {}, `${from} → ${to}`, make('span.soft', {}, ` ${account_name}`)),
			make(
				isOn ? 'span.tag.good' : 'span.tag',
				{},
				isOn ? 'on now' : `${duration_seconds} s, ${hangup_cause}`,
			),
		),
		make('ul.transcript', {}, ...lines),
		left.length > 0 ? make('p.note', {}, `There was no occasion for: ${left.join(', ')}.`) : undefined,
		isOn ? hangUp : undefined,
	);
}

function request({ at, method, path, status, body }, index) {
	const line = [
		make('span.code', {}, method),
		make('span.code.grow', {}, path),
		make(`span.tag.${grade(status)}`, {}, status ? String(status) : 'dropped'),
		make('span.soft', {}, clock(at)),
	];
	const key = `${at}-${index}`;
	const inside =
		body === undefined ? make('p.note', {}, 'without a body') : make('pre', { tabIndex: 0 }, body);
	return make('details', { 'data-key': key }, make('summary', {}, ...line), inside);
}

function table(title, columns, rows) {
	const cell = (tag, content) => make(tag, {}, content);
	return make(
		'table',
		{},
		make('caption', {}, title),
		make('thead', {}, make('tr', {}, ...columns.map((name) => make('th', { scope: 'col' }, name)))),
		make('tbody', {}, ...rows.map((row) => make('tr', {}, ...row.map((content) => cell('td', content))))),
	);
}

function webhooks() {
	if (state.webhooks.length === 0) return [make('p.empty', {}, 'No webhook has been set up.')];
	const rows = state.webhooks.map(({ name, hook, uri, enabled, reason }) => [
		name,
		hook,
		make('span.code', {}, uri),
		make(enabled ? 'span.good' : 'span.bad', {}, enabled ? 'on' : (reason ?? 'off')),
	]);
	return [table('Set up', ['Name', 'Event', 'Address', 'State'], rows)];
}

function deliveries() {
	if (!state.deliveries || state.deliveries.length === 0) return [];
	const rows = state.deliveries.map(({ at, event, uri, status, error, success }) => [
		clock(at),
		event,
		make('span.code', {}, uri),
		make(success ? 'span.good' : 'span.bad', {}, status === undefined ? (error ?? 'failed') : String(status)),
	]);
	return [table('Last deliveries', ['Time', 'Event', 'Address', 'Answer'], rows)];
}

const FAULT_NAMES = Object.fromEntries(
	[...byId('fault').elements.kind.options].map(({ value, text }) => [value, text]),
);

function fillLists() {
	choices(
		byId('account'),
		state.accounts
			.filter(({ phones: number }) => number > 0)
			.map(({ id, name }) => ({ value: id, text: name })),
	);
	choices(
		byId('voicemail').elements.box,
		state.boxes.map(({ id, name, account, fresh }) => ({
			value: id,
			text: `${name} (${nameOf(account)}, ${fresh} new)`,
		})),
	);
	choices(
		byId('fax').elements.to,
		state.numbers
			.filter(({ fax }) => fax)
			.map(({ number, account }) => ({ value: number, text: `${number} (${nameOf(account)})` })),
	);
	const known = state.numbers.map(({ number, account, leads }) => [number, `${leads} (${nameOf(account)})`]);
	fill(byId('numbers'), known, () => known.map(([value, label]) => make('option', { value, label })));
	const callers = state.phones.map(({ name, owner, account }) => [name, `${owner} (${nameOf(account)})`]);
	fill(byId('callers'), callers, () => callers.map(([value, label]) => make('option', { value, label })));
	const to = byId('call').elements.to;
	if (to.value === '' && !to.dataset.touched)
		to.value = known.find(([number]) => number.startsWith('+'))?.[0] ?? '';
}

function show() {
	byId('about').textContent =
		`KAZOO ${state.profile} (${state.version}) at ${location.origin}/v2: nothing here is real, and nobody's telephone rings`;
	fillLists();
	fill(byId('accounts'), state.accounts, accounts);
	fill(byId('phones'), [state.phones, chosen()], phones);
	fill(byId('calls'), state.calls, () =>
		state.calls.length > 0 ? state.calls.map(call) : [make('p.empty', {}, 'No call yet. Place one above.')],
	);
	fill(byId('webhooks'), state.webhooks, webhooks);
	fill(byId('deliveries'), state.deliveries, deliveries);
	fill(byId('requests'), state.requests, () =>
		state.requests.length > 0
			? state.requests.map(request)
			: [make('p.empty', {}, `No request yet. Send them to ${location.origin}/v2.`)],
	);
	const on = state.faults.map(({ kind }) => FAULT_NAMES[kind] ?? kind);
	byId('faults').textContent = on.length > 0 ? `On: ${on.join(', ')}` : 'All is well: no fault is on.';
	byId('faults').classList.toggle('bad', on.length > 0);
}

function setLive(isLive) {
	const [dot, text] = byId('live').children;
	dot.className = isLive ? 'dot on' : 'dot off';
	text.textContent = isLive ? 'live' : 'the sandbox is not running';
}

function listen() {
	const events = new EventSource('/sandbox/events');
	events.onmessage = ({ data }) => {
		state = JSON.parse(data);
		setLive(true);
		show();
	};
	events.onerror = () => setLive(false);
}

STORIES.forEach(([text], index) =>
	byId('call').elements.story.append(make('option', { value: String(index) }, text)),
);

byId('call').elements.to.addEventListener('input', ({ target }) => (target.dataset.touched = 'yes'));
byId('account').addEventListener('change', () => fill(byId('phones'), [state.phones, chosen()], phones));

onSubmit('call', async ({ from, to, story, speed }) => {
	const [, steps] = STORIES[Number(story)];
	// An extension is one of the account that is looked at.
	const account = /^\+?\d{10,}$/.test(to) ? undefined : chosen();
	await send('POST', '/sandbox/calls', { from, to, steps, account, speed: Number(speed) });
	return `${from} calls ${to}.`;
});

onSubmit('voicemail', async ({ box, seconds }) => {
	const answer = await send('POST', '/sandbox/voicemails', { box, seconds: Number(seconds) });
	return `A message is in the box “${answer.box}”.`;
});

onSubmit('fax', async ({ to }) => {
	await send('POST', '/sandbox/faxes', { to });
	return `A fax came in at ${to}.`;
});

onSubmit('fault', async ({ kind, share }) => {
	const often = share === 'once' || kind === 'expire-tokens' ? { times: 1 } : { share: Number(share) };
	await send('PUT', '/sandbox/faults', [{ kind, milliseconds: 2000, ...often }]);
	return `Switched on: ${FAULT_NAMES[kind]}.`;
});

byId('faults-off').addEventListener(
	'click',
	({ target }) =>
		void press(target, async () => {
			await send('PUT', '/sandbox/faults', []);
			return 'All faults are switched off.';
		}),
);

listen();

/** How one logs in: on the page only when somebody asks, since pages get shown to others. */
byId('show-log-ins').addEventListener('click', async () => {
	byId('show-log-ins').remove();
	const logIns = await (await fetch('/sandbox/log-ins')).json();
	const line = (name, value) =>
		value && make('p', {}, make('span.soft', {}, `${name} `), make('code', {}, value));
	byId('log-ins').append(
		...(logIns.length === 0
			? [make('li.soft', {}, 'The log-ins are not shown where others can reach this page.')]
			: logIns.map(({ account, realm, username, password, api_key: apiKey }) =>
					make(
						'li',
						{},
						make('h3', {}, account),
						line('User name', username),
						line('Password', password),
						line('Realm', realm),
						line('API key', apiKey),
					),
				)),
	);
});
