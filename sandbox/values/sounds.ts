import type { Random } from './random';

/** Samples a second: that of a telephone. */
const RATE = 8000;

/** A sound as a file, and how long it lasts. */
export interface Sound {
	wav: Buffer;
	/** Whole seconds. */
	seconds: number;
}

/** A WAV file (8 kHz, mono, 16 bit) of samples between -1 and 1. */
function wavOf(samples: Float32Array): Buffer {
	const file = Buffer.alloc(44 + samples.length * 2);
	file.write('RIFF', 0, 'latin1');
	file.writeUInt32LE(file.length - 8, 4);
	file.write('WAVEfmt ', 8, 'latin1');
	file.writeUInt32LE(16, 16);
	file.writeUInt16LE(1, 20);
	file.writeUInt16LE(1, 22);
	file.writeUInt32LE(RATE, 24);
	file.writeUInt32LE(RATE * 2, 28);
	file.writeUInt16LE(2, 32);
	file.writeUInt16LE(16, 34);
	file.write('data', 36, 'latin1');
	file.writeUInt32LE(samples.length * 2, 40);
	const target = new Int16Array(file.buffer, file.byteOffset + 44, samples.length);
	for (let at = 0; at < samples.length; at++) target[at] = Math.round((samples[at] as number) * 32000);
	return file;
}

/**
 * Something with the rhythm and pitch of a person talking: syllables of a buzzing voice, each with a vowel's
 * resonances, and pauses between phrases. Nobody can understand it, but everybody hears that it is a message.
 */
export function speech(random: Random, seconds: number): Sound {
	const samples = new Float32Array(seconds * RATE);
	const pitch = random.int(95, 210);
	let at = Math.floor(RATE * 0.2);
	while (at < samples.length - RATE * 0.3) {
		const length = Math.floor(RATE * (0.12 + random.next() * 0.14));
		const end = Math.min(at + length, samples.length);
		const resonance = random.int(3, 9);
		const tone = pitch * (0.85 + random.next() * 0.35);
		for (let n = at; n < end; n++) {
			const done = (n - at) / (end - at);
			const phase = (2 * Math.PI * tone * (n - at)) / RATE;
			const voice =
				Math.sin(phase) +
				0.5 * Math.sin(2 * phase) +
				0.7 * Math.sin(resonance * phase) +
				0.2 * Math.sin(11 * phase);
			samples[n] = 0.3 * voice * Math.sin(Math.PI * done);
		}
		at = end + Math.floor(RATE * (random.chance(0.18) ? 0.45 : 0.03));
	}
	return { wav: wavOf(samples), seconds };
}

/** Three rising notes, as before an announcement. */
export function chime(): Sound {
	const seconds = 2;
	const samples = new Float32Array(seconds * RATE);
	[523, 659, 784].forEach((frequency, index) => {
		const start = Math.floor(index * 0.4 * RATE);
		for (let n = start; n < samples.length; n++) {
			const time = (n - start) / RATE;
			samples[n] =
				(samples[n] as number) + 0.28 * Math.sin(2 * Math.PI * frequency * time) * Math.exp(-3 * time);
		}
	});
	return { wav: wavOf(samples), seconds };
}
