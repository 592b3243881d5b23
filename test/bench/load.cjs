/**
 * Measures in a fresh process what n8n pays for our package at its start, all nodes and the credential: prints
 * milliseconds (wall clock and processor) of n8n's own loader, those of the classes when a workflow first needs them,
 * and, of the action node's description, its sizes as JSON.
 */
const { join } = require('node:path');

// n8n has loaded these long before it comes to a community package
require('reflect-metadata');
const { LazyPackageDirectoryLoader } = require('n8n-core');

const folder = join(__dirname, '../../build/bench');
const { n8n } = require('../../package.json');

/** Milliseconds that something takes. */
async function timed(work) {
	const cpu = process.cpuUsage();
	const began = performance.now();
	const result = await work();
	const milliseconds = performance.now() - began;
	const { user, system } = process.cpuUsage(cpu);
	return { result, milliseconds, cpuMilliseconds: (user + system) / 1000 };
}

/** As n8n does it: the class is called as the file is. */
function load(file) {
	const [name] = file.split('/').at(-1).split('.');
	return new (require(join(folder, file))[name])();
}

async function main() {
	const loader = new LazyPackageDirectoryLoader(folder);
	const start = await timed(() => loader.loadAll());
	if (!loader.isLazyLoaded) throw new Error('n8n did not find the descriptions of the package');
	const classes = await timed(() => [...n8n.credentials, ...n8n.nodes].map(load));
	const description = JSON.stringify(loader.types.nodes.find(({ name }) => name === 'kazoo'));
	let properties = 0;
	JSON.parse(description, (key, value) => {
		if (value && typeof value === 'object' && 'displayName' in value && 'name' in value && 'type' in value)
			properties++;
		return value;
	});
	console.log(
		JSON.stringify({
			milliseconds: start.milliseconds,
			cpuMilliseconds: start.cpuMilliseconds,
			classMilliseconds: classes.milliseconds,
			bytes: Buffer.byteLength(description),
			properties,
		}),
	);
}

void main();
