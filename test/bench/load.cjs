/**
 * Measures in a fresh process what n8n pays for our package at its start, all nodes and the credential: prints
 * milliseconds (wall clock and processor) and, for the action node's description, its sizes as JSON.
 */
const { join } = require('node:path');

// n8n has loaded these long before it comes to a community package
require('n8n-workflow');

const { n8n } = require('../../package.json');
const files = [...n8n.credentials, ...n8n.nodes].map((file) => join(__dirname, '../../build/bench', file));

/** As n8n does it: the class is called as the file is. */
function load(file) {
	const [name] = file.split('/').at(-1).split('.');
	return new (require(file)[name])();
}

const cpu = process.cpuUsage();
const began = performance.now();
const loaded = files.map(load);
const milliseconds = performance.now() - began;
const { user, system } = process.cpuUsage(cpu);

const description = JSON.stringify(
	loaded.find(({ description }) => description?.name === 'kazoo').description,
);
let properties = 0;
JSON.parse(description, (key, value) => {
	if (value && typeof value === 'object' && 'displayName' in value && 'name' in value && 'type' in value)
		properties++;
	return value;
});
console.log(
	JSON.stringify({
		milliseconds,
		cpuMilliseconds: (user + system) / 1000,
		bytes: Buffer.byteLength(description),
		properties,
	}),
);
