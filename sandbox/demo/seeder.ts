import { md5 } from '../values/ids';
import type { Profile } from '../values/profile';
import { validate } from '../schemas';
import type { CreateOptions, Doc, Fields, Store } from '../store/store';
import type { LogIns } from './identities';
import type { Random } from '../values/random';
import type { Sound } from '../values/sounds';

/** Seconds of a day. */
export const DAY = 86_400;

/** What every part of the seeding needs. */
export interface Seeding {
	store: Store;
	profile: Profile;
	logIns: LogIns;
	random: Random;
	/** Gregorian seconds at which the demo tenant "is": all its records are before that. */
	now: number;
	/** Sounds to choose from: making them is dear, so that messages share them. */
	voices: readonly Sound[];
	chime: Sound;
}

/** The id of a thing of the demo tenant, always the same: made of its account and a name of our own. */
export function idOf(accountId: string, name: string): string {
	return md5(`demo:${accountId}:${name}`);
}

/** The document with the defaults of its schema. Throws when the real server would refuse it. */
export function complete(profile: Profile, schema: string, fields: Fields): Fields {
	const { doc, errors } = validate(profile, schema, fields);
	if (errors) throw new Error(`the demo tenant has a wrong ${schema}: ${JSON.stringify(errors)}`);
	return doc as Fields;
}

/** Writes the documents of one account. */
export class Writer {
	constructor(
		readonly seeding: Seeding,
		readonly accountId: string,
	) {}

	/** The id of a document of this account. */
	id(name: string): string {
		return idOf(this.accountId, name);
	}

	/** Makes a document under the id that `name` stands for, checked against a schema. */
	put(type: string, schema: string, name: string, fields: Fields, options: CreateOptions = {}): Doc {
		const { store, profile, random, now } = this.seeding;
		// Companies do not set up everything on one day: things are one to two years old.
		const created = now - random.int(365, 700) * DAY;
		return store.create(this.accountId, type, complete(profile, schema, fields), {
			id: this.id(name),
			created,
			...options,
		});
	}
}
