import type { Bus } from '../bus/bus';
import type { Store } from '../store/store';
import type { Tokens } from '../tokens/tokens';
import type { Profile } from '../values/profile';

/** What the websocket server needs of the sandbox it is part of. */
export interface Needs {
	readonly profile: Profile;
	readonly store: Store;
	readonly bus: Bus;
	readonly tokens: Tokens;
	/** What the server says of its version. */
	readonly version: string;
}
