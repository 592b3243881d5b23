/** Customer Blueprint: Export, Plan and Apply. */
import type { IDataObject } from 'n8n-workflow';

import type { Change } from '../../changes/change';
import { placeholder } from '../../changes/change';
import type { Document, KindName } from '../../changes/kinds';
import { kindNames, kinds } from '../../changes/kinds';
import type { Live } from '../../changes/live';
import { nothing, readLive } from '../../changes/live';
import type { Wanted } from '../../changes/lookup';
import type { Plan } from '../../changes/plan';
import { planOf } from '../../changes/plan';
import type { Transport } from '../../http/transport';
import type { Operation, Outcome } from '../../operations/operation';
import { InvalidInput, parseObject } from '../../values/input';
import { numberProblems } from '../numbers';
import { offerProblems } from '../offers';
import { applied, planned } from '../outcome';
import { wrong } from '../problems';
import { secretsFor, withTargets } from './deviations';
import { blueprintOf, usualKinds, wantedOf } from './document';
import { givenSounds, soundChanges, soundsOf } from './sounds';
import type { CustomFields } from './schemas';
import { customFields, schemaProblems } from './schemas';
import { isRecord } from '../../values/records';

/** Stands for the account that is made first. */
const NEW_ACCOUNT = placeholder('account', 'account');

/** Customer Blueprint: Export. */
export async function exportBlueprint(
	{ input, keepFile }: Operation,
	transport: Transport,
): Promise<Outcome> {
	const chosen = kindsOf(input.arguments.kinds) ?? usualKinds;
	// What is pointed at has to be read for its name, whether it is asked for or not
	const live = await readLive(accountOf(input.path), usualKinds, transport);
	const { blueprint, name, left_out, ...lists } = blueprintOf(
		live,
		chosen,
		input.arguments.includeSecrets === true,
	);
	const custom = await customFields(wantedOf(lists).wanted, transport);
	const more = {
		...(left_out === undefined ? {} : { left_out }),
		...(Object.keys(custom).length > 0 ? { custom_fields: custom as IDataObject } : {}),
	};
	const sounds =
		input.arguments.includeSounds === true && keepFile ? await soundsOf(live, keepFile, transport) : [];
	return {
		records: [{ blueprint, name, ...more, ...lists }, ...sounds.map(({ record }) => record)],
		files: [undefined, ...sounds.map(({ file }) => file)],
		envelope: {},
		asIs: true,
	};
}

/** Customer Blueprint: Plan. */
export async function planBlueprint(operation: Operation, transport: Transport): Promise<Outcome> {
	const { plan, live } = await made(operation, transport);
	const outcome = await planned(plan, live, transport);
	// The files travel with the plan
	const sounds = givenSounds(operation);
	const files = outcome.records.map(({ kind, name }) =>
		kind === kinds.sound.label ? sounds.get(String(name).toLowerCase())?.kept : undefined,
	);
	return { ...outcome, files };
}

/** Customer Blueprint: Apply. */
export async function applyBlueprint(operation: Operation, transport: Transport): Promise<Outcome> {
	const { plan, live } = await made(operation, transport);
	return await applied(plan.changes, operation, transport, live, live.documents.length, plan.unchanged);
}

/** @throws InvalidInput with all that is wrong, before anything is written */
async function made(operation: Operation, transport: Transport): Promise<{ plan: Plan; live: Live }> {
	const { input } = operation;
	const { blueprint, newAccount, realm, removeOthers } = input.arguments;
	const accountId = accountOf(input.path);
	const document = parseObject(blueprint, 'Blueprint');
	const { wanted: given, kinds: mentioned, problems: faults } = wantedOf(document);
	const name = typeof newAccount === 'string' ? newAccount.trim() : '';
	const wanted = name === '' ? given : withAccount(given, name, realm);
	const live =
		name === '' ? await readLive(accountId, withTargets(mentioned), transport) : nothing(NEW_ACCOUNT, name);
	const plan = planOf(
		{
			documents: wanted,
			...(removeOthers === true ? { removeOthers: mentioned } : {}),
			why: 'stands in the blueprint',
			generate: secretsFor(wanted),
		},
		live,
	);
	const sounds = await soundChanges(givenSounds(operation), plan.changes, live, transport);
	const problems = [
		...faults,
		...sounds.problems,
		...(await schemaProblems(wanted, customOf(document), ({ place }) => plan.created.has(place), transport)),
		...plan.problems,
		...(await offerProblems(wanted, plan.changes, live, transport)),
		...(await numberProblems(plan.changes, live, accountId, transport)),
	];
	if (problems.length > 0) throw wrong('The blueprint cannot be applied', problems);
	const changes = [...plan.changes, ...sounds.changes].map((change) => belowParent(change, name, accountId));
	return { plan: { ...plan, changes }, live };
}

/** The account itself is made first, below the one that was chosen. */
function belowParent(change: Change, name: string, parent: string): Change {
	return name !== '' && change.kind === 'account' && change.action === 'create'
		? { ...change, accountId: parent }
		: change;
}

function withAccount(given: readonly Wanted[], name: string, realm: unknown): Wanted[] {
	const own = given.find(({ kind }) => kind === 'account');
	const document = {
		...own?.document,
		name,
		...(typeof realm === 'string' && realm.trim() !== '' ? { realm: realm.trim() } : {}),
	};
	return [{ kind: 'account', document, place: 'account' }, ...given.filter(({ kind }) => kind !== 'account')];
}

function accountOf(path: Operation['input']['path']): string {
	return path.accountId ?? '';
}

/** Fields that the blueprint says are somebody's own. @throws InvalidInput */
function customOf({ custom_fields: given = {} }: Document): CustomFields {
	const lists = isRecord(given) ? Object.values(given) : [undefined];
	if (lists.every((list) => Array.isArray(list) && list.every((field) => typeof field === 'string')))
		return given as CustomFields;
	throw new InvalidInput(
		'custom_fields of the blueprint has to name fields',
		'Write it like {"users": ["title"]}.',
	);
}

/** @throws InvalidInput for a kind that there is none of */
function kindsOf(value: unknown): KindName[] | undefined {
	const list = Array.isArray(value) ? (value as unknown[]).map(String) : [];
	if (list.length === 0) return undefined;
	return list.map((name) => {
		if (name in kinds) return name as KindName;
		throw new InvalidInput(`There is no kind “${name}”`, `Known are ${kindNames.join(', ')}.`);
	});
}
