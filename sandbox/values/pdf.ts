/** A PDF of one page with lines of text: just enough for a reader to open it. */
export function pdfOf(lines: string[]): Buffer {
	const escape = (line: string) => line.replace(/[\\()]/g, '\\$&').replace(/[^\x20-\x7e]/g, '?');
	const text = lines.map((line) => `(${escape(line)}) Tj T*`).join(' ');
	const stream = `BT /F1 12 Tf 14 TL 72 720 Td ${text} ET`;
	const objects = [
		'<</Type/Catalog/Pages 2 0 R>>',
		'<</Type/Pages/Kids[3 0 R]/Count 1>>',
		'<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
		`<</Length ${stream.length}>>stream\n${stream}\nendstream`,
		'<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
	];
	let body = '%PDF-1.4\n';
	const offsets = objects.map((object, i) => {
		const at = body.length;
		body += `${i + 1} 0 obj${object}endobj\n`;
		return at;
	});
	const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
	const start = body.length;
	return Buffer.from(
		`${body}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}` +
			`trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${start}\n%%EOF\n`,
		'latin1',
	);
}
