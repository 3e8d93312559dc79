/** WHAT became of the options on a socket that somebody else made? Each is set by itself; what is refused is told, and harms nothing. */
import type { Socket as DatagramSocket } from 'node:dgram'
import type { Server, Socket } from 'node:net'
import { type Applied, readBack } from '../access/apply-options.js'
import { type Prepared, type Refused, writeStep } from '../access/prepared.js'
import type { SocketOptionError } from '../errors.js'
import type { WritableName } from '../options/index.js'
import type { Shape } from '../socket/kind.js'
import { hold } from './held.js'
import type { Opener } from './internals.js'

/** When the options were set, the earliest first: of a connection; of a server; of a socket that a server accepted; of a socket of datagrams. */
export type Moment = 'before connect' | 'connecting' | 'connected' | 'before listen' | 'listening' | 'accepted' | 'bound'

/** What is told of one socket. */
export interface ApplyReport {
  readonly socket: Socket | Server | DatagramSocket
  /** The channel of node:diagnostics_channel that told of it first. */
  readonly via: string
  readonly moment: Moment
  /** What was asked for, and what the kernel answers when it is read back; `undefined` for an option that can only be set. */
  readonly applied: { readonly [Name in WritableName]?: Applied<Name> }
  /** What the kernel refused, and with `onUnsupported: 'skip'` what this platform lacks. */
  readonly refused: { readonly [Name in WritableName]?: SocketOptionError }
}

/** Sets each option on a descriptor, and holds it where Node may set it too. Returns those that were not set. */
export function setEach(prepared: Prepared, descriptor: number, opener?: Shape & Opener): Refused {
  const { steps, lacking } = prepared
  const refused = { ...lacking }
  for (const step of steps) {
    try {
      writeStep(step, descriptor)
    } catch (error) {
      refused[step.name] = error as SocketOptionError
    }
  }
  if (opener !== undefined) hold(opener, { ...prepared, steps: steps.filter(({ name }) => !(name in refused)) }, descriptor)
  return refused
}

/** What the kernel says now of those that were set. */
export function readEach({ steps }: Prepared, refused: Refused, descriptor: number): ApplyReport['applied'] {
  const applied: Record<string, { requested: unknown; effective: unknown }> = {}
  for (const { name, value, plan } of steps) {
    if (!(name in refused)) applied[name] = Object.freeze({ requested: value, effective: readQuietly(() => readBack(plan, descriptor)) })
  }
  return Object.freeze(applied) as ApplyReport['applied']
}

/** Of a socket that was closed a moment ago nothing is known. */
function readQuietly(read: () => unknown): unknown {
  try {
    return read()
  } catch {
    return undefined
  }
}
