import { fileInfo } from '../../crossbar/http/files';

const named = (disposition: string): string =>
	fileInfo(
		{
			status: 200,
			headers: { 'content-disposition': disposition, 'content-type': 'audio/mpeg' },
			envelope: {},
		},
		'sound',
	).fileName;

/** As a header arrives: Node reads its bytes as Latin-1. */
const raw = (name: string): string => Buffer.from(name, 'utf8').toString('latin1');

test.each([
	[`attachment; filename="${raw('Müller.mp3')}"`, 'Müller.mp3'],
	[`attachment; filename=${raw('Ansage für 日本.mp3')}`, 'Ansage für 日本.mp3'],
	["attachment; filename*=UTF-8''M%C3%BCller.mp3", 'Müller.mp3'],
	// Latin-1 that is no UTF-8 stays
	['attachment; filename="M\u00fcller.mp3"', 'Müller.mp3'],
	['attachment; filename="C:\\temp/a:b.mp3"', 'C__temp_a_b.mp3'],
	['attachment; filename="a\u0000b\u001f\u007f\u0085.mp3"', 'ab.mp3'],
	['attachment; filename=".."', 'sound.mp3'],
	['attachment', 'sound.mp3'],
])('%j is %s', (disposition, name) => {
	expect(named(disposition)).toBe(name);
});
