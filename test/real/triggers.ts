/** The triggers: set up in the account, looked for, and removed. */
import type { INodeParameters } from 'n8n-workflow';
import { events, eventValues, type EventValue } from '../../crossbar/events';
import { watches } from '../../crossbar/poll/watches';
import { KazooLiveTrigger } from '../../nodes/KazooLiveTrigger/KazooLiveTrigger.node.js';
import { KazooPollTrigger } from '../../nodes/KazooPollTrigger/KazooPollTrigger.node.js';
import { KazooTrigger } from '../../nodes/KazooTrigger/KazooTrigger.node.js';
import { ActivePoll, ActiveTrigger } from '../node/harness/triggers';
import { WebhookTrigger } from '../node/harness/webhookTrigger';
import { expectedOf } from './expected';
import type { Exchange } from './guard';
import { judge, settled, type Outcome, type Tried } from './outcome';
import type { Setting } from './rows';

/** KAZOO refuses addresses of this machine; nothing comes here while the account has no calls. */
const ADDRESS = 'https://n8n.example.com';

interface Part {
	readonly name: string;
	readonly request: string;
	/** Why it is not tried. */
	readonly not?: string;
	readonly run: () => Promise<void>;
}

/** Every event of every trigger. */
export async function tryTriggers(setting: Setting): Promise<Outcome[]> {
	const { guard, signal, report } = setting;
	const tried: Tried[] = [];
	for (const { name, request, not, run } of [...webhooks(setting), ...polls(setting), ...live(setting)]) {
		if (signal.aborted) break;
		if (!name.includes(setting.only)) continue;
		guard.take();
		let exchanges: readonly Exchange[] = [];
		let verdict: Pick<Outcome, 'result' | 'reason'>;
		if (not !== undefined) verdict = { result: 'untried', reason: not };
		else {
			const error = await run().then(
				() => undefined,
				(failure: Error) => failure.message,
			);
			const expected = expectedOf(name);
			exchanges = guard.take();
			verdict = judge({ error, exchanges, expected, madeUp: [] });
		}
		const outcome = { name, request, ...verdict };
		tried.push({ outcome, exchanges });
		report(outcome);
	}
	return settled(tried, setting);
}

const inAccount = ({ account }: Setting): INodeParameters => ({
	accountScope: 'one',
	accountId: { __rl: true, mode: 'id', value: account.id },
});

function webhooks(setting: Setting): Part[] {
	const { account, credentials } = setting;
	const generation = Number.parseInt(account.version, 10);
	const hooks = async (): Promise<unknown[]> => {
		const { data } = await account.ask('GET', `/accounts/${account.id}/webhooks?paginate=false`);
		return (data as Array<{ name?: string }>).filter(({ name }) => name?.startsWith('n8n '));
	};
	return eventValues
		.filter((value) => events[value].webhook !== undefined)
		.map((value) => ({
			name: `KAZOO Trigger: ${value}`,
			request: 'PUT /accounts/{accountId}/webhooks',
			not: lacks(value, generation),
			run: async () => {
				const trigger = await WebhookTrigger.open(
					new KazooTrigger(),
					{ ...inAccount(setting), events: [value] },
					{ credentials, publicUrl: ADDRESS },
				);
				try {
					await trigger.activate();
					if ((await hooks()).length === 0) throw new Error('no webhook was set up');
					if (!(await trigger.exists())) throw new Error('the webhook is not found again');
				} finally {
					await trigger.deactivate();
					await trigger.close();
				}
				const left = await hooks();
				if (left.length > 0) throw new Error(`${left.length} webhooks were left behind`);
			},
		}));
}

function lacks(value: EventValue, generation: number): string | undefined {
	const { generations, webhook } = events[value];
	if (webhook?.step) return 'a callflow holds the address: there is nothing to set up';
	return generations && !generations.some((one) => one === generation)
		? `KAZOO ${generation} does not have it`
		: undefined;
}

function polls(setting: Setting): Part[] {
	const { credentials } = setting;
	return watches.map(({ value }) => ({
		name: `KAZOO Poll Trigger: ${value}`,
		request: '',
		run: async () => {
			const poll = new ActivePoll(
				new KazooPollTrigger(),
				{ ...inAccount(setting), event: value },
				{ credentials },
			);
			await poll.poll();
			await poll.poll();
			const [error] = poll.errors;
			if (error) throw error;
		},
	}));
}

function live(setting: Setting): Part[] {
	const { credentials, account } = setting;
	const generation = Number.parseInt(account.version, 10) as 4 | 5;
	const withoutUrl =
		credentials.data('crossbarApi').websocketUrl === '' ? 'no --websocket was given' : undefined;
	return eventValues
		.filter((value) => events[value].live !== undefined)
		.map((value) => ({
			name: `KAZOO Live Trigger: ${value}`,
			request: '',
			not:
				withoutUrl ??
				(events[value].live?.bindings[generation] ? undefined : `KAZOO ${generation} does not have it`),
			run: async () => {
				const trigger = new ActiveTrigger(
					new KazooLiveTrigger(),
					{ ...inAccount(setting), events: [value], conferenceId: 'check', user: 'check' },
					{ credentials },
				);
				try {
					await trigger.start();
					const [error] = [...trigger.errors, ...trigger.failedExecutions];
					if (error) throw error;
				} finally {
					await trigger.stop();
				}
			},
		}));
}
