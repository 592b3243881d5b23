import { operation, resource } from '../notation';

const path = '/accounts/{accountId}/websockets';

export const websocket = resource({
	value: 'websocket',
	name: 'Websocket',
	description: "Programs that listen to KAZOO's live events, and the events there are",
	keywords: ['Blackhole', 'live events', 'event stream', 'bindings', 'subscription'],
	rows: [
		operation('GET /websockets', {
			value: 'getEvents',
			name: 'Get Events',
			action: 'Get events for websockets',
			description: 'List the events a program can listen to, by kind, as bindings',
			returns: { map: '', key: 'category', value: 'bindings' },
			unpaged: true,
		}),
		operation(`GET ${path}`, {
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many websockets',
			description: 'List the open connections of an account with their bindings and addresses',
			returns: 'records',
			unpaged: true,
		}),
		operation(`GET ${path}/{websocketId}`, {
			value: 'get',
			name: 'Get',
			action: 'Get websocket',
			description: 'Read what one open connection listens to and since when',
		}),
	],
});
