/** The node against a server of the test's own, and what a person reads of what comes. */
import type { INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { id, node } from './demo';
import { fakeCrossbar } from './fakeCrossbar';
import type { FakeCrossbar } from './fakeCrossbar';
import { CredentialStore } from './harness/credentials';
import { runNode } from './harness/engine';
import type { NodeOptions, NodeResult } from './harness/engine';

const open: FakeCrossbar[] = [];

/** For `afterEach`. */
export async function closeServers(): Promise<void> {
	await Promise.all(open.splice(0).map(async (server) => await server.close()));
}

/** A server that another one made, to be closed with the others. */
export function closedLater(server: FakeCrossbar): FakeCrossbar {
	open.push(server);
	return server;
}

export const serve = async (handler: Parameters<typeof fakeCrossbar>[0]): Promise<FakeCrossbar> =>
	closedLater(await fakeCrossbar(handler));

/** Runs the node in its own account. */
export async function run(
	serverUrl: string,
	parameters: INodeParameters,
	options: NodeOptions = {},
): Promise<NodeResult> {
	const credentials = new CredentialStore({
		type: new CrossbarApi(),
		data: { serverUrl, login: 'apiKey', apiKey: 'k'.repeat(64) },
	});
	return await runNode(node, { accountScope: 'mine', ...parameters }, { credentials, ...options });
}

export const ID = '0123456789abcdef0123456789abcdef';
export const getDevice = { resource: 'device', operation: 'get', deviceId: id(ID), options: { retries: 0 } };
export const createDevice = {
	resource: 'device',
	operation: 'create',
	bodyMode: 'json',
	bodyJson: '{"name":"Desk"}',
	options: { retries: 3 },
};

/** What a person reads of an error. */
export const words = ({ error }: NodeResult): string =>
	`${error?.message ?? ''} | ${error?.description ?? ''}`;
