/** Is an option known, does it exist on this platform, does this kernel accept it on this socket? Three questions, three answers. */
import { badArgument, SocketOptionError } from '../errors.js'
import { here } from '../platform/index.js'
import { resolve, type Target } from '../socket/resolve.js'
import { readPlan } from './get.js'
import { isHarmless } from './hazards.js'
import { adapt, planOf, rowOf } from './plan.js'

export interface Support {
  /** The catalogue has it. */
  readonly known: boolean
  /** This platform has a number for it. */
  readonly numbered: boolean
  /** This kernel takes it on this socket. `undefined` when that was not asked, or cannot be found out without setting something or destroying something. */
  readonly accepted: boolean | undefined
  /** Why an answer is false or undefined. */
  readonly reason?: string
}

const answer = (known: boolean, numbered: boolean, accepted: boolean | undefined, reason?: string): Support =>
  Object.freeze({ known, numbered, accepted, ...(reason === undefined ? {} : { reason }) })

/**
 * Whether an option can be used. With a target it reads the option there, which changes nothing.
 *
 * ```ts
 * supports('TCP_RTO_MAX_MS', socket)   // { known: true, numbered: true, accepted: false, reason: '... ENOPROTOOPT ...' } before Linux 6.15
 * ```
 * @throws SocketOptionError or TypeError only for a target without a descriptor, and for a name that is no string
 */
export function supports(name: string, target?: Target): Support {
  if (typeof name !== 'string') throw badArgument('type', 'name', 'the name of an option', name)
  const row = rowOf(name)
  if (row === undefined) return answer(false, false, false, `there is no socket option ${JSON.stringify(name)}`)
  const platform = here()
  const adapted = adapt(row, platform)
  if (adapted === undefined) return answer(true, false, false, `${row.name} does not exist on ${platform.name}`)
  if (adapted.access === 'none') return answer(true, true, false, row.doc)
  if (target === undefined) return answer(true, true, undefined, 'no socket was given to ask on')
  const descriptor = resolve(target)
  if (adapted.access === 'wo') return answer(true, true, undefined, `${row.name} can only be set, so asking would set it`)
  if (row.inOut || !isHarmless(row.name)) return answer(true, true, undefined, `reading ${row.name} is not free of effects`)
  try {
    readPlan(planOf(row.name), descriptor)
    return answer(true, true, true)
  } catch (error) {
    if (!(error instanceof SocketOptionError)) throw error
    if (error.code === 'EBADF' || error.code === 'ENOTSOCK') throw error
    return answer(true, true, error.kind !== 'unsupported', error.message)
  }
}
