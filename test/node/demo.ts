/** The node in n8n's real engine against a sandbox with the demo tenant: what the tests of the node share. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { CrossbarApi } from '../../credentials/CrossbarApi.credentials';
import { Kazoo } from '../../nodes/Kazoo/Kazoo.node';
import { createSandbox } from '../../sandbox';
import type { RequestLogEntry, Sandbox, SandboxOptions } from '../../sandbox';
import { CredentialStore } from './harness/credentials';
import { runNode } from './harness/engine';
import type { NodeOptions, NodeResult } from './harness/engine';

export const node = new Kazoo();

/** A resource locator's value, by ID. */
export const id = (value: unknown) => ({ __rl: true, mode: 'id', value: String(value) });

/** A sandbox with the demo tenant, and the reseller's credential. */
export class Demo {
	private constructor(
		readonly sandbox: Sandbox,
		readonly credentials: CredentialStore,
	) {}

	static async open(cdrs: number, options: SandboxOptions = {}): Promise<Demo> {
		const sandbox = await createSandbox({ quiet: true, cdrs, ...options });
		const data = { serverUrl: sandbox.url, login: 'apiKey', apiKey: sandbox.demo.reseller.apiKey };
		return new Demo(sandbox, new CredentialStore({ type: new CrossbarApi(), data }));
	}

	async close(): Promise<void> {
		await this.sandbox.close();
	}

	/** Parameters that choose one of the customers. */
	customer(index: number): INodeParameters {
		return { accountScope: 'one', accountId: id(this.sandbox.demo.customers[index]?.id) };
	}

	async run(parameters: INodeParameters, options: NodeOptions = {}): Promise<NodeResult> {
		return await runNode(
			node,
			{ accountScope: 'mine', ...parameters },
			{ credentials: this.credentials, ...options },
		);
	}

	/** Items of a run that has to work. */
	async records(parameters: INodeParameters, options: NodeOptions = {}): Promise<IDataObject[]> {
		const result = await this.run(parameters, options);
		if (result.error) throw new Error(`${result.error.message} | ${result.error.description ?? ''}`);
		return result.items.map(({ json }) => json);
	}

	async first(parameters: INodeParameters, options: NodeOptions = {}): Promise<IDataObject> {
		const [record] = await this.records(parameters, options);
		if (!record) throw new Error('No item came back');
		return record;
	}

	async create(resource: string, document: object, more: INodeParameters = {}): Promise<IDataObject> {
		return await this.first({
			resource,
			operation: 'create',
			bodyMode: 'json',
			bodyJson: JSON.stringify(document),
			...more,
		});
	}

	/** What reached the sandbox, but for the log-in. */
	requests(): RequestLogEntry[] {
		return this.sandbox.requests().filter(({ path }) => !/(api_auth|token_auth)$/.test(path));
	}
}
