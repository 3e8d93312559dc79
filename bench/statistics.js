/** What do many measurements say together? Nothing here measures. */

/** `part` of the way through the values in order: 0.5 is the median. Linear between neighbours. */
export function quantile(values, part) {
  if (values.length === 0) throw new RangeError('no values')
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * part
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  return below + (above - below) * (at - Math.floor(at))
}

/** The middle, and the spread in which 8 of 10 values lie. */
export const summarize = values => ({ median: quantile(values, 0.5), p10: quantile(values, 0.1), p90: quantile(values, 0.9) })

/** How many times `over`'s time `of` took: the ratio within each round, where the machine was the same for both. */
export function ratio(contenders, of, over) {
  const find = name => {
    const found = contenders.find(contender => contender.name === name)
    if (found === undefined) throw new RangeError(`no contender ${name}`)
    return found.times
  }
  const below = find(over)
  return summarize(find(of).map((taken, round) => taken / below[round]))
}

/** The rounds of several processes as if they were those of one. What is no time is taken from the first. */
export function join(reports) {
  const [first] = reports
  const series = first.series.map((one, index) => ({
    ...one,
    contenders: one.contenders.map(({ name }, which) => ({
      name,
      times: reports.flatMap(({ series }) => series[index].contenders[which].times),
    })),
  }))
  return { ...first, series }
}
