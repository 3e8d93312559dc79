/** What do the settings mean together? A table: one rule, one finding, and the option that changes it. */
import { modelTimeout, RTO_INITIAL, RTO_MAX, RTO_MIN } from './backoff.js'
import { isBusy } from './choose.js'
import { closedFinWait } from './fin-wait.js'
import type { Look } from './look.js'
import { endsSocket } from './node.js'
import type { Finding, FindingCode } from './state.js'

interface Rule {
  readonly severity: Finding['severity']
  /** The sentence, where the rule applies. */
  readonly say: (look: Look) => string | undefined
  readonly change?: (look: Look) => NonNullable<Finding['change']>
}

/** Longer than this a program is not expected to wait for a dead peer, ms. */
const LONG = 15 * 60_000

const seconds = (milliseconds: number): string => `${Number((milliseconds / 1000).toFixed(1))} s`

const isEstablished = ({ state: { info, isClosed } }: Look): boolean =>
  !isClosed && (info?.state === 'ESTABLISHED' || info?.state === 'CLOSE_WAIT')

const isOpenTcp = (look: Look): boolean => isEstablished(look) || (look.state.info?.state === 'FIN_WAIT2' && !look.state.isClosed)

const userTimeout = ({ state }: Look): number => state.settings.TCP_USER_TIMEOUT ?? 0

/** ms until keep-alive notices a dead peer; undefined where it is off or unknown. */
function noticedAfter({ state: { settings } }: Look): number | undefined {
  const { SO_KEEPALIVE: isOn, TCP_KEEPIDLE: idle, TCP_KEEPINTVL: interval, TCP_KEEPCNT: count } = settings
  if (isOn !== true || idle === undefined || interval === undefined || count === undefined) return undefined
  return (idle + interval * count) * 1000
}

/** ms for which unacknowledged data is retried without a user timeout. */
function retriedFor({ state: { settings }, sysctls }: Look): number | undefined {
  if (settings.TCP_USER_TIMEOUT !== 0 || sysctls.tcp_retries2 === undefined) return undefined
  return modelTimeout(sysctls.tcp_retries2, RTO_MIN, settings.TCP_RTO_MAX_MS ?? RTO_MAX)
}

/** The words, where the option is set and no call ever waits for it. */
const withoutEffect = (option: 'SO_RCVTIMEO' | 'SO_SNDTIMEO') => (look: Look) => {
  const value = look.state.settings[option]
  if (value === undefined || value === null || look.state.isNonBlocking !== true) return undefined
  return `${option} is ${value} ms and has no effect: the socket is non-blocking.`
}

const rules: Readonly<Record<FindingCode, Rule>> = {
  'retransmits-now': {
    severity: 'high',
    say: ({ state: { info } }) =>
      (info?.retransmits ?? 0) > 0 && info?.state !== 'SYN_SENT'
        ? `The peer does not acknowledge: ${info?.retransmits} retransmission timeouts in a row.`
        : undefined,
  },
  'window-closed': {
    severity: 'high',
    say: look =>
      isEstablished(look) && look.state.info?.sndWnd === 0 && isBusy(look) === true
        ? 'The peer does not read: its window is closed, and data waits.'
        : undefined,
  },
  'dead-peer-unnoticed': {
    severity: 'high',
    say: look =>
      isEstablished(look) && look.state.settings.SO_KEEPALIVE === false && isBusy(look) === false
        ? 'Keep-alive is off and nothing is unacknowledged: a dead peer will never be noticed.'
        : undefined,
    change: () => ({
      option: 'SO_KEEPALIVE',
      value: true,
      why: 'probes an idle peer; set TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT with it',
    }),
  },
  'fin-wait-without-timer': {
    severity: 'high',
    say: ({ state: { info, isClosed, settings } }) =>
      info?.state === 'FIN_WAIT2' && !isClosed && settings.SO_KEEPALIVE === false
        ? 'This side is shut down and the descriptor is open: no timer limits the wait for the FIN of the peer.'
        : undefined,
    change: () => ({ option: 'SO_KEEPALIVE', value: true, why: 'notices a peer that is gone; closing the descriptor starts TCP_LINGER2' }),
  },
  'linger-freezes-event-loop': {
    severity: 'high',
    say: ({ state: { settings } }) =>
      settings.SO_LINGER?.onoff === true && settings.SO_LINGER.linger !== 0
        ? `SO_LINGER is on: close() stops the whole event loop until unsent data is acknowledged, up to ${settings.SO_LINGER.linger} s.`
        : undefined,
    change: () => ({
      option: 'SO_LINGER',
      value: { onoff: false, linger: 0 },
      why: 'close() returns at once, and the kernel sends what is left',
    }),
  },
  'accept-queue-full': {
    severity: 'high',
    say: ({ state: { info } }) =>
      info?.state === 'LISTEN' && (info.unacked ?? 0) > (info.sacked ?? Infinity)
        ? `The accept queue is full, ${info.unacked} of ${info.sacked} and 1: the SYN of a new client is dropped, and it times out.`
        : undefined,
    change: () => ({
      option: 'server.listen({ backlog })',
      value: 511,
      why: 'holds more until they are accepted; net.core.somaxconn limits it',
    }),
  },
  'dead-peer-noticed-late': {
    severity: 'medium',
    say: look => {
      const after = noticedAfter(look)
      if (!isOpenTcp(look) || after === undefined || after <= LONG || userTimeout(look) > 0) return undefined
      return `Keep-alive notices a dead peer after ${seconds(after)}.`
    },
    change: () => ({ option: 'TCP_KEEPIDLE', value: 60, why: 'starts probing after a minute' }),
  },
  'unacknowledged-for-minutes': {
    severity: 'medium',
    say: look => {
      const after = retriedFor(look)
      if (!isEstablished(look) || after === undefined || after < 60_000) return undefined
      const alive = look.state.settings.SO_KEEPALIVE === true ? ', and keep-alive does not run meanwhile' : ''
      return `Data that a dead peer does not acknowledge is sent again for ${seconds(after)} and more${alive}.`
    },
    change: look => ({
      option: 'TCP_USER_TIMEOUT',
      value: noticedAfter(look) ?? 30_000,
      why: 'ends it that long after the first retransmission',
    }),
  },
  'user-timeout-ends-slow-reader': {
    severity: 'medium',
    say: look =>
      isEstablished(look) && userTimeout(look) > 0
        ? `TCP_USER_TIMEOUT also ends a healthy connection whose peer does not read for ${seconds(userTimeout(look))}.`
        : undefined,
    change: () => ({ option: 'TCP_USER_TIMEOUT', value: 0, why: 'waits for a peer that answers, as long as it takes' }),
  },
  'user-timeout-needs-keep-alive': {
    severity: 'medium',
    say: look =>
      isEstablished(look) && userTimeout(look) > 0 && look.state.settings.SO_KEEPALIVE === false
        ? 'TCP_USER_TIMEOUT does nothing while nothing is unacknowledged: without keep-alive an idle connection is not ended.'
        : undefined,
    change: () => ({ option: 'SO_KEEPALIVE', value: true, why: 'makes TCP_USER_TIMEOUT count for idle connections as well' }),
  },
  'user-timeout-lengthens-connect': {
    severity: 'medium',
    say: look => {
      const { info, settings } = look.state
      const usual = modelTimeout(settings.TCP_SYNCNT ?? Infinity, RTO_INITIAL, settings.TCP_RTO_MAX_MS ?? RTO_MAX)
      if (info?.state !== 'SYN_SENT' || userTimeout(look) <= usual) return undefined
      return `TCP_USER_TIMEOUT, ${seconds(userTimeout(look))}, lengthens the attempt: TCP_SYNCNT ${settings.TCP_SYNCNT} alone allows ${seconds(usual)}.`
    },
    change: () => ({ option: 'TCP_USER_TIMEOUT', value: 0, why: 'leaves the time to TCP_SYNCNT' }),
  },
  'linger-resets': {
    severity: 'medium',
    say: ({ state: { settings } }) =>
      settings.SO_LINGER?.onoff === true && settings.SO_LINGER.linger === 0
        ? 'SO_LINGER is 0: close() drops unsent data and resets the connection.'
        : undefined,
    change: () => ({ option: 'SO_LINGER', value: { onoff: false, linger: 0 }, why: 'close() sends what is left and ends in order' }),
  },
  'deferred-accept-hides-clients': {
    severity: 'medium',
    say: ({ state: { info, settings } }) =>
      info?.state === 'LISTEN' && (settings.TCP_DEFER_ACCEPT ?? 0) > 0
        ? `A client that sends nothing is accepted only after ${settings.TCP_DEFER_ACCEPT} s, and not counted as waiting until then.`
        : undefined,
    change: () => ({ option: 'TCP_DEFER_ACCEPT', value: 0, why: 'accepts at the end of the handshake' }),
  },
  'attempt-shorter-than-connect': {
    severity: 'medium',
    say: ({ state: { info, node } }) => {
      const attempt = node.find(({ name }) => name === 'autoSelectFamilyAttemptTimeout')
      if (info?.state !== 'SYN_SENT' || attempt === undefined || attempt.milliseconds >= RTO_INITIAL) return undefined
      return `Node gives each address but the last ${attempt.milliseconds} ms: no SYN is ever sent again, and a far or lossy peer is given up.`
    },
    change: () => ({
      option: 'net.setDefaultAutoSelectFamilyAttemptTimeout',
      value: 2500,
      why: 'leaves room for one retransmission of the SYN, which comes after 1 s',
    }),
  },
  'node-timeout-ends-nothing': {
    severity: 'medium',
    say: look => {
      const timer = look.state.node.find(one => one.name === 'socket.setTimeout' && !one.isListenedTo && !endsSocket(one))
      return timer && `Node's socket.setTimeout() is ${timer.milliseconds} ms, and nobody listens for 'timeout': it ends nothing.`
    },
    change: () => ({ option: "socket.on('timeout')", value: 'socket.destroy()', why: 'ends the connection when it is idle for so long' }),
  },
  'keep-alive-count-ignored': {
    severity: 'low',
    say: look =>
      isOpenTcp(look) && look.state.settings.SO_KEEPALIVE === true && userTimeout(look) > 0
        ? `TCP_KEEPCNT has no effect: with TCP_USER_TIMEOUT, keep-alive goes on until ${seconds(userTimeout(look))} have passed in silence.`
        : undefined,
    change: () => ({ option: 'TCP_USER_TIMEOUT', value: 0, why: 'lets TCP_KEEPCNT decide' }),
  },
  'fin-wait-quirk': {
    severity: 'low',
    say: ({ state: { info, settings } }) => {
      const linger = settings.TCP_LINGER2 ?? 0
      if (info?.state === 'LISTEN' || linger <= 60 || linger >= 120) return undefined
      return `TCP_LINGER2 of ${linger} s lasts ${seconds(closedFinWait(linger))}: what is above 60 s counts twice, and nothing else.`
    },
    change: () => ({ option: 'TCP_LINGER2', value: 60, why: 'lasts 60 s' }),
  },
  'receive-timeout-without-effect': {
    severity: 'low',
    say: withoutEffect('SO_RCVTIMEO'),
    change: () => ({ option: 'socket.setTimeout', value: "and destroy() on 'timeout'", why: 'is how Node ends an idle connection' }),
  },
  'send-timeout-without-effect': {
    severity: 'low',
    say: withoutEffect('SO_SNDTIMEO'),
    change: look => ({
      option: 'TCP_USER_TIMEOUT',
      value: look.state.settings.SO_SNDTIMEO ?? 0,
      why: 'limits how long data stays unacknowledged',
    }),
  },
}

const severities: readonly Finding['severity'][] = ['high', 'medium', 'low']

/** Worst first; of equal ones in the order of the table. */
export const worstFirst = <F extends Pick<Finding, 'severity'>>(findings: readonly F[]): F[] =>
  severities.flatMap(severity => findings.filter(finding => finding.severity === severity))

export function findingsOf(look: Look): Finding[] {
  const found = Object.entries(rules).flatMap(([code, { severity, say, change }]) => {
    const message = say(look)
    return message === undefined ? [] : [Object.freeze({ code: code as FindingCode, severity, message, change: change?.(look) })]
  })
  return worstFirst(found)
}
