/** Where others find the n8n that is started here. */
import { networkInterfaces } from 'node:os';

/**
 * What n8n is told of the address at which KAZOO finds it.
 * @param {string | undefined} address `http://192.0.2.10:5678`
 * @param {Array<{address: string} | undefined>} [own] addresses of this machine
 * @returns {Record<string, string>} variables of the environment
 */
export function addressOf(address, own = Object.values(networkInterfaces()).flat()) {
	if (address === undefined) return {};
	const { hostname } = new URL(address);
	const isOurs = /^127\./.test(hostname) || own.some((entry) => entry?.address === hostname);
	return {
		N8N_WEBHOOK_URL: address.replace(/\/*$/, '/'),
		...(isOurs ? { N8N_LISTEN_ADDRESS: '0.0.0.0' } : {}),
	};
}
