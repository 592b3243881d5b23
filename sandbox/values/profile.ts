/** Which generation of KAZOO the sandbox plays: 4 (2600hz's master) or 5. */
export type Profile = 4 | 5;
