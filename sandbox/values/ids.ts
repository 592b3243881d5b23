import { createHash, randomBytes } from 'node:crypto';

// Ids are drawn from a block of random bytes: a call to the system per id would be the slowest part of seeding.
let pool = '';
let offset = 0;

/** `length` random lower-case hexadecimal digits (32, a CouchDB document id, unless told otherwise). */
export function hex(length = 32): string {
	if (offset + length > pool.length) {
		pool = randomBytes(Math.max(8192, length)).toString('hex');
		offset = 0;
	}
	offset += length;
	return pool.slice(offset - length, offset);
}

/** Lower-case hexadecimal MD5 of a text or of bytes. */
export function md5(data: string | Buffer): string {
	return createHash('md5').update(data).digest('hex');
}

/** Lower-case hexadecimal SHA-1 of a text. */
export function sha1(data: string): string {
	return createHash('sha1').update(data).digest('hex');
}
