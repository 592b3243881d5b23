/** How n8n sets a trigger's webhook up and takes it down: by functions that are loaded only when a workflow needs them. */
import type { IHookFunctions, INodeType } from 'n8n-workflow';

type Hook = (context: IHookFunctions) => Promise<boolean>;

/** What a trigger does when its workflow is activated, looked after and deactivated. */
export interface Lifecycle {
	readonly isRegistered: Hook;
	readonly register: Hook;
	readonly unregister: Hook;
}

/** The `webhookMethods` of a node from its lifecycle. */
export function webhookMethods(load: () => Promise<Lifecycle>): NonNullable<INodeType['webhookMethods']> {
	return {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await (await load()).isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return await (await load()).register(this);
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return await (await load()).unregister(this);
			},
		},
	};
}
