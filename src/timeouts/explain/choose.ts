/** Which mechanisms are armed in which state, and which of them comes first? */
import { explainFinWait, explainTimeWait } from './fin-wait.js'
import { explainKeepAlive } from './keep-alive.js'
import { explainHalfOpen } from './listener.js'
import type { Cause, Look } from './look.js'
import { explainNode } from './node.js'
import { explainProbe, isPeerAnswering } from './probe.js'
import { progressOf } from './progress.js'
import { explainRetransmission } from './retransmission.js'
import { explainShrunkWindow } from './shrunk-window.js'
import { explainSyn } from './syn.js'

/** What can end it, first the first; `conditional` only if something changes: a peer that answers now falls silent. */
export interface Choice {
  readonly causes: readonly Cause[]
  readonly conditional: readonly Cause[]
}

/** Data, or a FIN, that is not acknowledged; or data that waits to be sent. undefined: it could not be read. */
export function isBusy({ state: { info, queues } }: Look): boolean | undefined {
  if ((info?.unacked ?? 0) > 0 || (queues.unsent ?? 0) > 0 || (info?.notsentBytes ?? 0) > 0) return true
  return info?.unacked === undefined || (queues.unsent ?? info.notsentBytes) === undefined ? undefined : false
}

function causesOfData(look: Look): Choice {
  const { info, isClosed } = look.state
  if ((info?.unacked ?? 0) > 0) {
    const isShrunk = info?.sndWnd === 0 && !isClosed
    const explain = isShrunk ? explainShrunkWindow : explainRetransmission
    return { causes: [explain(look, progressOf(look))], conditional: [] }
  }
  const { silent, answered } = explainProbe(look)
  const [bySilence, always] = [silent, answered].map(one => (one === undefined ? [] : [one])) as [Cause[], Cause[]]
  return isPeerAnswering(look) ? { causes: always, conditional: bySilence } : { causes: [...bySilence, ...always], conditional: [] }
}

function causesOfKernel(look: Look): Choice {
  const { info, isClosed, settings } = look.state
  switch (info?.state) {
    case undefined:
    case 'CLOSE':
    case 'BOUND_INACTIVE':
      return { causes: [], conditional: [] }
    case 'LISTEN':
      return { causes: [], conditional: [explainHalfOpen(look)] }
    case 'SYN_SENT':
      return { causes: [explainSyn(look)], conditional: [] }
    case 'TIME_WAIT':
      return { causes: [explainTimeWait(look)], conditional: [] }
    case 'FIN_WAIT2':
      if (isClosed) return { causes: [explainFinWait(look)], conditional: [] }
  }
  if (isBusy(look) === true) return causesOfData(look)
  return { causes: settings.SO_KEEPALIVE === true ? [explainKeepAlive(look)] : [], conditional: [] }
}

const byTime = (one: Cause, other: Cause): number => one.earliest - other.earliest || one.latest - other.latest

export function choose(look: Look): Choice {
  const { causes, conditional } = causesOfKernel(look)
  return { causes: [...causes, ...explainNode(look)].sort(byTime), conditional }
}
