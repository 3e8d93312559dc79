/** How is a figure written? The same on the terminal, on the page and in the README. */

/** Without decimals, with its thousands apart. */
export const whole = number => (Math.round(number) || 0).toLocaleString('en')

/** Counts as they are; what was measured with as many decimals as it deserves. */
export function amount(number) {
  const size = Math.abs(number)
  return Number.isInteger(number) || size >= 100 ? whole(number) : number.toFixed(size < 10 ? 2 : 1)
}

export const times = number => number.toFixed(2)

/** The median, and where 8 of 10 lie; what was counted once has no spread. */
export const spread = ({ median, p10, p90 }, write) =>
  p10 === undefined ? write(median) : `${write(median)} [${write(p10)} .. ${write(p90)}]`

/** What was measured against a limit, so finely that 1.251 is not shown as the 1.25 that it misses. */
export const measuredOf = ({ over, measured }) =>
  measured === undefined ? '' : spread(measured, over === undefined ? amount : number => number.toFixed(3))

export const verdict = isMet => (isMet === undefined ? 'not measured' : isMet ? 'met' : 'MISSED')

/** "at most 1.25 times the C loop" */
export const limitOf = ({ over, limit }, unit) => `at most ${amount(limit)}${over === undefined ? ` ${unit}`.trimEnd() : ` times ${over}`}`
