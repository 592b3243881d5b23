/**
 * Property tests begin with the same seed every time, so that a change is judged by what it changed. To look for new
 * counterexamples: `PROPERTY_SEED=$RANDOM npm run test:unit`.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 2600) });
