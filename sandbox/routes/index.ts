import type { Route } from '../call';
import type { Profile } from '../profile';
import { accountRoutes } from './accounts';
import { authRoutes } from './auth';
import { brandingRoutes } from './branding';
import { callCentreRoutes } from './callcentre';
import { callflowRoutes } from './callflows';
import { cdrRoutes } from './cdrs';
import { channelRoutes } from './channels';
import { conferenceActionRoutes } from './conference-actions';
import { deviceRoutes } from './devices';
import { faxRoutes } from './faxes';
import { genericRoutes } from './generic';
import { ledgerRoutes } from './ledgers';
import { logInRoutes } from './log-ins';
import { mediaRoutesAll } from './media';
import { metaflowRoutes } from './metaflows';
import { notificationRoutes } from './notifications';
import { numberRoutes } from './numbers';
import { pivotRoutes } from './pivot';
import { portRoutes } from './ports';
import { quickcallRoutes } from './quickcall';
import { rateRoutes } from './rates';
import { schemaRoutes } from './schemas';
import { searchRoutes } from './search';
import { serviceRoutes } from './services';
import { settingRoutes } from './settings';
import { signallingRoutes } from './signalling';
import { taskRoutes } from './tasks';
import { telephonyRoutes } from './telephony';
import { userDeletionRoutes } from './user-deletion';
import { userRoutes } from './users';
import { voicemailRoutes } from './voicemail';
import { webhookRoutes } from './webhooks';
import { websocketRoutes } from './websockets';

const ALL: Route[] = [
	...authRoutes,
	...accountRoutes,
	...userRoutes,
	...userDeletionRoutes,
	...deviceRoutes,
	...quickcallRoutes,
	...callflowRoutes,
	...telephonyRoutes,
	...conferenceActionRoutes,
	...voicemailRoutes,
	...mediaRoutesAll,
	...cdrRoutes,
	...numberRoutes,
	...portRoutes,
	...channelRoutes,
	...pivotRoutes,
	...webhookRoutes,
	...websocketRoutes,
	...serviceRoutes,
	...schemaRoutes,
	...settingRoutes,
	...metaflowRoutes,
	...brandingRoutes,
	...logInRoutes,
	...signallingRoutes,
	...callCentreRoutes,
	...rateRoutes,
	...searchRoutes,
	...faxRoutes,
	...ledgerRoutes,
	...taskRoutes,
	...notificationRoutes,
	...genericRoutes,
];

/** All routes of a generation. */
export function routesFor(profile: Profile): Route[] {
	return ALL.filter((route) => route.profile === undefined || route.profile === profile);
}
