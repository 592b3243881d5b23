/** Which GETs count as writes. */
import { actingGets, actsOnGet } from '../../crossbar/catalogue/acting';

test('rows name the GETs that act', () => {
	expect([...actingGets].sort()).toEqual([
		'clicktocall/{clickToCallId}/connect',
		'dashboards/ensure_started',
		'devices/{deviceId}/quickcall/{numberToCall}',
		'qubicle_queues/ensure_started',
		'sup/{supModule}',
		'sup/{supModule}/{supFunction}',
		'sup/{supModule}/{supFunction}/{supArgument}',
		'users/{userId}/quickcall/{numberToCall}',
	]);
});

test.each([
	['/accounts/a/devices/d/quickcall/100', true],
	['/account/devices/d/QuickCall/100', true],
	['/accounts/a/users/u/quickc%61ll/100/', true],
	['/accounts/a/sup/crossbar_maintenance', true],
	['/accounts/a/devices/d', false],
	['/accounts/a/devices/quickcall', false],
	['/accounts/a/clicktocall/c/history', false],
])('%s: %s', (path, acts) => {
	expect(actsOnGet(path)).toBe(acts);
});
