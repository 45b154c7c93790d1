import fc from 'fast-check'

// The same run decides the same everywhere; `FC_SEED=$RANDOM npm test` looks elsewhere, and a failure prints its seed.
fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20_261_122) })
