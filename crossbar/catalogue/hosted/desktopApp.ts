import { operation, resource } from '../notation';
import { HOSTED } from './shared';

const desktop = '/accounts/{accountId}/desktop';

const shared = { hint: HOSTED, version: 5 } as const;

export const desktopApp = resource({
	value: 'desktopApp',
	name: 'Desktop App',
	description: 'Where users get the softphone of the hosted platform for their computer',
	keywords: ['softphone', 'installer', 'comm.land', 'Windows', 'Mac', 'Linux'],
	rows: [
		operation(`GET ${desktop}/windows`, {
			value: 'getForWindows',
			name: 'Get for Windows',
			action: 'Get desktop app for windows',
			description: 'Find the current installer for Windows',
			...shared,
		}),
		operation(`GET ${desktop}/mac`, {
			value: 'getForMac',
			name: 'Get for Mac',
			action: 'Get desktop app for mac',
			description: 'Find the current installer for macOS',
			...shared,
		}),
		operation(`GET ${desktop}/linux`, {
			value: 'getForLinux',
			name: 'Get for Linux',
			action: 'Get desktop app for linux',
			description: 'Find the current package for Linux',
			...shared,
		}),
	],
});
