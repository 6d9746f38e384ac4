/** Small seeded generator (mulberry32), so that a failure can be run again from the seed it prints. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** MILLRACE_SEED, or another one each time. */
export function chosenSeed() {
  return Number(process.env.MILLRACE_SEED ?? Date.now() % 1_000_000_007);
}
