/** What the benchmark's processes tell each other, as JSON. */

/** The sandbox under load; `server.ts` prints it when it is ready. */
export interface Target {
	/** With /v2. */
	url: string;
	apiKey: string;
	accountId: string;
	deviceIds: string[];
	/** CDRs that the account has. */
	cdrs: number;
}

/** One measurement in a process of its own: who does what. */
export interface Job extends Target {
	contender: 'kazoo' | 'httpRequest' | 'httpRequestSplit' | 'helper' | 'axios' | 'undici';
	/** All CDRs page by page, the calls that they make, or single devices one after another. */
	task: 'cdrs' | 'calls' | 'gets';
	/** Answers come from memory: what is left is the time spent outside the network. Only for `kazoo`. */
	replayed?: boolean;
	pageSize: number;
	/** How many single GETs. */
	gets: number;
}

/** What a measurement gave. */
export interface Measurement {
	milliseconds: number;
	/** Processor time of the process, user and system. */
	cpuMilliseconds: number;
	/** Resident memory before and at its peak, in bytes. */
	startMemory: number;
	peakMemory: number;
	/** Records read. */
	records: number;
}
