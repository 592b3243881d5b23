import type { Handler, Route } from '../request/call';
import { printList } from '../values/erlang';
import { bare } from '../request/refusal';
import { AUTOLOADED } from '../store/system-settings';

/** Commands for the operator, by module and function: what Erlang prints of the result. */
const COMMANDS: Record<string, Record<string, () => string>> = {
	crossbar: {
		running_modules: () => printList([...AUTOLOADED, 'crossbar_maintenance', 'crossbar_util'].sort()),
	},
};

/** A command that is not there is a 404 without a body. */
const run: Handler = ({ params }) => {
	const command = COMMANDS[params.module as string]?.[params.function ?? ''];
	if (!command || params.args !== undefined) throw bare(404);
	return { data: command() };
};

/** KAZOO's command line over HTTP, for the administrator of the system. */
export const supRoutes: Route[] = ['', '/{function}', '/{function}/{args}'].map((rest) => ({
	path: `/sup/{module}${rest}`,
	handlers: { GET: run },
	access: 'system',
}));
