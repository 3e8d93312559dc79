/** Which of Node's own timers ends the socket, and with what? One line per timer. Node's timers are never early and late by what the loop is busy with. */
import { type Cause, cause, type Look } from './look.js'
import type { NodeTimer, NodeTimerName } from './state.js'

interface Line {
  /** Whether Node itself ends the socket; with a listener of the program's own, none of these does. */
  readonly ends: boolean
  readonly code: string | null
  readonly unless: string
  readonly reason: string
}

/** Node 20, lib/net.js, lib/_http_server.js, lib/_http_agent.js. */
const lines: Readonly<Record<NodeTimerName, Line>> = {
  'socket.setTimeout': { ends: false, code: null, unless: 'data is sent or received', reason: "Node emits 'timeout'." },
  'agent.timeout': {
    ends: true,
    code: null,
    unless: 'a request takes the socket',
    reason: 'The agent destroys a free socket that is idle for so long.',
  },
  'server.headersTimeout': {
    ends: true,
    code: 'ERR_HTTP_REQUEST_TIMEOUT',
    unless: 'the head of the request is complete',
    reason: 'The HTTP server answers 408 to a request whose head is not complete in time, and closes.',
  },
  'server.requestTimeout': {
    ends: true,
    code: 'ERR_HTTP_REQUEST_TIMEOUT',
    unless: 'the request is complete',
    reason: 'The HTTP server answers 408 to a request that is not complete in time, and closes.',
  },
  'server.keepAliveTimeout': {
    ends: true,
    code: null,
    unless: 'another request begins',
    reason: 'The HTTP server closes a kept connection on which no other request begins.',
  },
  'server.timeout': { ends: true, code: null, unless: 'data is sent or received', reason: 'The HTTP server destroys an idle socket.' },
  autoSelectFamilyAttemptTimeout: {
    ends: true,
    code: 'ETIMEDOUT',
    unless: 'the peer answers',
    reason: 'Node gives this address up and tries the next one; it is not the kernel that timed out.',
  },
}

export const endsSocket = ({ name, isListenedTo }: NodeTimer): boolean => lines[name].ends && !isListenedTo

/** The timers of Node's that end the socket. */
export function explainNode(look: Look): Cause[] {
  return look.state.node.filter(endsSocket).map(({ name, milliseconds, due, checkedEvery }) => {
    const { code, unless, reason } = lines[name]
    const window = { earliest: due ?? 0, latest: Math.max(0, due ?? milliseconds) + checkedEvery + 1 }
    return cause(window, { mechanism: name, code, unless, reason, remedy: `${name} is ${milliseconds} ms.` }, look)
  })
}
