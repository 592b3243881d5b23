import type { Profile } from '../values/profile';
import type { Store } from '../store/store';
import { now as currentTime } from '../values/time';
import { seedAccount } from './account';
import { seedCalls } from './calls';
import { seedCallCentre } from './callCentre';
import { DEMO, logInsOf, type LogIns } from './identities';
import { Random } from '../values/random';
import { seedFaxes, seedRecordings, seedVoicemail } from './records';
import type { Seeding } from './seeder';
import { chime, speech } from '../values/sounds';
import { seedInventory, seedMaster, seedPlans, seedPorts } from './system';
import { TENANTS } from './tenants';

export { DEMO, demoOf, logInsOf } from './identities';

/** How to fill a store. */
export interface SeedOptions {
	/** How many CDRs the reseller's own account gets. Its customers get as many, but 150 at most. */
	cdrs: number;
	profile: Profile;
	logIns?: LogIns;
	/** The moment before which everything happened, Gregorian seconds; the present hour when left out. */
	now?: number;
}

const CUSTOMER_CDRS = 150;

/**
 * Fills an empty store with the demo tenant: a master, a reseller of telephony and three of its customers, each with
 * people, phones, numbers, callflows, voicemail and recordings with sound, faxes, port requests and calls. All is the
 * same every time, down to the ids; only the times move with `now`. See `DEMO` for who may log in.
 */
export function seedDemo(
	store: Store,
	{ cdrs, profile, now, logIns = logInsOf(undefined) }: SeedOptions,
): void {
	const random = new Random(20_260_115);
	const seeding: Seeding = {
		store,
		profile,
		logIns,
		random,
		now: now ?? currentTime(),
		voices: [2, 3, 4, 5, 7].map((seconds) => speech(random, seconds)),
		chime: chime(),
	};
	seedMaster(seeding);
	for (const tenant of TENANTS) {
		const isReseller = tenant.account.id === DEMO.reseller.id;
		seedAccount(seeding, tenant, isReseller ? DEMO.master.id : DEMO.reseller.id);
		const calls = seedCalls(seeding, tenant, isReseller ? cdrs : Math.min(cdrs, CUSTOMER_CDRS));
		seedRecordings(seeding, tenant, calls);
		seedVoicemail(seeding, tenant);
		seedFaxes(seeding, tenant);
		if (isReseller && profile === 4) seedCallCentre(seeding, tenant);
	}
	seedPlans(seeding);
	seedInventory(seeding);
	seedPorts(seeding);
}
