/** Which timer will end this connection, when, and why? The pure core: data in, an explanation out; no socket, no clock. */
import { type Choice, choose } from './choose.js'
import { findingsOf } from './findings.js'
import type { Cause, Look } from './look.js'
import { renderText } from './render.js'
import type { Ending, Explanation, State, Sysctls } from './state.js'
import { hull, JIFFIES } from './wheel.js'

/** The causes of each kernel that it may be, as one list: each mechanism from the earliest of its windows to the latest. */
function merge(lists: readonly (readonly Cause[])[]): Cause[] {
  const [first = []] = lists
  return first.map(cause => {
    const same = lists.flatMap(list => list.filter(({ mechanism }) => mechanism === cause.mechanism))
    return { ...cause, ...same.reduce<{ earliest: number; latest: number }>(hull, cause) }
  })
}

function chooseForAll(looks: readonly Look[]): Choice {
  const choices = looks.map(choose)
  return { causes: merge(choices.map(({ causes }) => causes)), conditional: merge(choices.map(({ conditional }) => conditional)) }
}

const toEnding = ({ mechanism, earliest, latest, code, unless }: Cause): Ending =>
  Object.freeze({ mechanism, earliest, latest, code, unless })

function nameState({ protocol, info, isClosed }: State): string {
  if (protocol !== 'tcp' || info?.state === undefined) return 'UNKNOWN'
  return isClosed && info.state === 'CLOSE' ? 'CLOSED' : String(info.state)
}

/** What is not known of this connection: what could not be read, and what nobody can tell. */
function unknownOf({ protocol, info, missing, timer, isClosed }: State, { jiffy }: Sysctls, ends: Cause | undefined): string[] {
  if (protocol === 'mptcp') return [...missing, 'Multipath TCP has timers of its own on each path, which are not modelled']
  if (protocol === 'other') return [...missing, 'the socket is not TCP']
  const isRetrying = ends?.mechanism === 'retransmission' || ends?.mechanism === 'TCP_USER_TIMEOUT'
  const isUnresolved = info?.state === 'SYN_SENT' && (info.retransmits ?? 0) > 0 && info.totalRetrans === 0
  return [
    ...missing,
    ...(jiffy === undefined ? ['HZ of the kernel: the windows hold for 100, 250, 300 and 1000'] : []),
    ...(timer === undefined && ends !== undefined ? ['when the pending timer is due: the window is as wide as its wait'] : []),
    ...(isRetrying && !isClosed && (info?.retransmits ?? 0) > 0
      ? ['whether an ICMP error came meanwhile, which Node would report in place of ETIMEDOUT']
      : []),
    ...(isUnresolved ? ['whether the next hop answers: no SYN has left this machine, which may end in EHOSTUNREACH sooner'] : []),
  ]
}

/**
 * Says which mechanism ends a connection, in which window of time and with which errno, from one look at it. Assumes that the peer stays silent from now
 * on; `unless` says what would prevent the end. What the look could not read widens the windows.
 * @param now when the look was taken: a performance.now() reading
 */
export function explain(state: State, sysctls: Sysctls, now: number): Explanation {
  const isKnown = state.protocol === 'tcp'
  const looks = (sysctls.jiffy === undefined ? JIFFIES : [sysctls.jiffy]).map(jiffy => ({ state, sysctls, jiffy: exact(jiffy) }))
  const { causes, conditional } = isKnown ? chooseForAll(looks) : { causes: [], conditional: [] }
  const [ends, ...others] = causes
  const findings = isKnown ? findingsOf(looks[0] as Look) : []
  const unknown = unknownOf(state, sysctls, ends)
  const name = nameState(state)
  const text = renderText({ state: name, ends, others, conditional, unknown, findings })
  return Object.freeze({
    at: now,
    state: name,
    ends: ends === undefined ? null : toEnding(ends),
    others: Object.freeze([...others, ...conditional].map(toEnding)),
    unknown: Object.freeze(unknown),
    findings: Object.freeze(findings),
    text,
  })
}

/** 1000 / HZ for a whole HZ: the probe rounds a third of 10 ms to microseconds. */
const exact = (jiffy: number): number => 1000 / Math.round(1000 / jiffy)
