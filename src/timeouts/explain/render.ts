/** How does a person want to read it? First the answer, then the reason, then what to change: three to six lines. */
import type { Cause } from './look.js'
import type { Finding } from './state.js'

/** `340 ms`, `2.91 s`, `937.7 s`, `2.19 h`. */
export function formatTime(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 7_200_000) return `${Number((milliseconds / 1000).toFixed(milliseconds < 10_000 ? 2 : 1))} s`
  return `${Number((milliseconds / 3_600_000).toFixed(2))} h`
}

/** `in 2.91 s to 3.02 s`. */
export function formatWindow(earliest: number, latest: number): string {
  const [from, to] = [formatTime(earliest), formatTime(latest)]
  if (latest === Infinity) return earliest === 0 ? 'at a time that is not known' : `in ${from} or later`
  return from === to ? `in ${from}` : `in ${from} to ${to}`
}

const withCode = (code: string | null): string => (code === null ? ', without an error' : ` with ${code}`)

function sentence({ mechanism, earliest, latest, code, unless }: Cause, subject: string): string {
  return `${subject} ${formatWindow(earliest, latest)}${withCode(code)} (${mechanism})${unless === undefined ? '' : `, unless ${unless}`}.`
}

export interface Story {
  readonly state: string
  readonly ends: Cause | undefined
  readonly others: readonly Cause[]
  readonly conditional: readonly Cause[]
  readonly unknown: readonly string[]
  readonly findings: readonly Finding[]
}

function answer({ state, ends, conditional, unknown }: Story): string[] {
  if (ends !== undefined) return [sentence(ends, `${state}: ends`), ends.reason]
  const [later] = conditional
  if (state === 'UNKNOWN') return ['Not known: the socket could not be looked at, or is not TCP.', unknown[0] ?? '']
  if (state === 'CLOSE') return ['CLOSE: not connected; there is nothing to end.']
  if (state === 'LISTEN')
    return ['LISTEN: nothing ends a listener.', ...(later === undefined ? [] : [sentence(later, 'A silent client is dropped')])]
  if (later !== undefined)
    return [`${state}: nothing ends it while the peer answers. ${later.reason}`, sentence(later, 'If the peer falls silent now, it ends')]
  return [`${state}: nothing will end it.`, 'No timer of the kernel, and none of Node, is armed that ends this connection.']
}

const advice = ({ message, change }: Finding): string =>
  change === undefined ? message : `${message} ${change.option} ${formatValue(change.value)} ${change.why}.`

const formatValue = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** At most six lines: one of what is not known, and as much advice as there is room for. */
export function renderText(story: Story): string {
  const { ends, findings, unknown } = story
  const lines = answer(story)
  const [following] = story.others
  if (following !== undefined) lines.push(sentence(following, 'Else it ends'))
  if (ends?.remedy !== undefined) lines.push(ends.remedy)
  const doubts = unknown.length === 0 || story.state === 'UNKNOWN' ? [] : [`Not known: ${unknown.join('; ')}.`]
  const room = 6 - lines.length - doubts.length
  lines.push(...findings.slice(0, Math.max(0, room)).map(advice), ...doubts)
  while (lines.length < 3) lines.push(lines.length === 2 ? 'Nothing needs to change.' : 'There is no more to say of it.')
  return lines.join('\n')
}
