/** What stands before n8n in large installations: calls of webhooks go to their own process, all else to the main one. */
import { createServer, request } from 'node:http';

/**
 * @param {{port: number, webhookPort: number, mainPort: number}} ports of 127.0.0.1
 * @returns {Promise<{stop: () => Promise<void>}>}
 */
export async function startBalancer({ port, webhookPort, mainPort }) {
	const server = createServer((incoming, outgoing) => {
		const { method, url, headers } = incoming;
		const onward = request({
			host: '127.0.0.1',
			port: url.startsWith('/webhook/') ? webhookPort : mainPort,
			method,
			path: url,
			headers,
		});
		onward.on('response', (response) => {
			outgoing.writeHead(response.statusCode, response.headers);
			response.pipe(outgoing);
		});
		// As if nobody listened.
		onward.on('error', () => incoming.socket.destroy());
		incoming.pipe(onward);
	});
	await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
	return {
		stop: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
