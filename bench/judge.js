/** What do the answers amount to? Medians, ratios, and whether the targets are met. */
import { ratio, summarize } from './statistics.js'

/** Which series has both? A target names one only where several have. */
const seriesOf = (series, { of, over, series: title }) =>
  series.find(one => (title === undefined || one.title === title) && [of, over].every(name => one.contenders.some(c => c.name === name)))

function measure({ series, facts }, target) {
  if (target.over === undefined) return facts.find(({ what }) => what === target.of)
  const found = seriesOf(series, target)
  return found && ratio(found.contenders, target.of, target.over)
}

/** What has a target is measured, or the answer says that something was skipped. */
function judgeTarget(answer, target) {
  const measured = measure(answer, target)
  if (measured !== undefined) return { ...target, measured, isMet: measured.median <= target.limit }
  if (answer.failed === undefined && answer.skipped.length === 0)
    throw new Error(`a target is about nothing that was measured: ${target.of}`)
  return { ...target, isMet: undefined }
}

/** @returns what the page and the terminal show of one question; `isMet` of a target that was not measured is undefined */
export function judge({ name, title, targets, remarks }, answer) {
  return {
    name,
    title,
    remarks,
    tables: answer.series.map(({ title, base, contenders, per = 'call' }) => ({
      title,
      base,
      per,
      rows: contenders.map(({ name, times }) => ({ name, nanoseconds: summarize(times), times: ratio(contenders, name, base) })),
    })),
    facts: answer.facts,
    targets: targets.map(target => judgeTarget(answer, target)),
    skipped: answer.skipped,
    failed: answer.failed,
  }
}

/** A question that was not asked has no targets to miss. */
export const leaveOut = (question, reason) => judge({ ...question, targets: [] }, { series: [], facts: [], skipped: [reason] })

/** Is anything broken, or a target missed by more than so many times its limit? */
export const isBad = (reports, times) =>
  reports.some(
    ({ failed, targets }) =>
      failed !== undefined || targets.some(({ isMet, measured, limit }) => isMet === false && measured.median > limit * times),
  )
