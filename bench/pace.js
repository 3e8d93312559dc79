/** How thoroughly is it measured? */

/** Rounds that are counted, rounds before them that let V8 compile, processes. */
const full = { isQuick: false, rounds: 301, warmUp: 60 }
/** Enough to see that everything runs, and whether something has become much slower. */
const quick = { isQuick: true, rounds: 41, warmUp: 40 }

export const paceOf = isQuick => (isQuick ? quick : full)

/** `--quick` fails at this many times a limit: its few rounds on a shared machine can be off by a third, what a mistake costs is more. */
export const FAR = 1.5
