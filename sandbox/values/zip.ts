import { crc32, deflateRawSync } from 'node:zlib';

/** A zip archive of some files, compressed. Names are kept as they are. */
export function zip(files: { name: string; data: Buffer }[]): Buffer {
	const parts: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, data } of files) {
		const bytes = Buffer.from(name, 'utf8');
		const packed = deflateRawSync(data);
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		// Bit 11: the name is UTF-8.
		common.writeUInt16LE(0x0800, 2);
		common.writeUInt16LE(8, 4);
		common.writeUInt32LE(crc32(data), 10);
		common.writeUInt32LE(packed.length, 14);
		common.writeUInt32LE(data.length, 18);
		common.writeUInt16LE(bytes.length, 22);
		const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common, bytes]);
		const rest = Buffer.alloc(14);
		rest.writeUInt32LE(offset, 10);
		directory.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, rest, bytes]));
		parts.push(local, packed);
		offset += local.length + packed.length;
	}
	const size = directory.reduce((sum, entry) => sum + entry.length, 0);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(files.length, 8);
	end.writeUInt16LE(files.length, 10);
	end.writeUInt32LE(size, 12);
	end.writeUInt32LE(offset, 16);
	return Buffer.concat([...parts, ...directory, end]);
}
