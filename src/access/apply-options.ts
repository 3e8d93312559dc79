/** Sets several options and says what became of each: the kernel rounds, doubles and clamps without a word. */
import { SocketOptionError } from '../errors.js'
import type { OptionInput, OptionValue, WritableName } from '../options/index.js'
import { resolve, type Target } from '../socket/resolve.js'
import { readPlan } from './get.js'
import { isHarmless } from './hazards.js'
import type { Plan } from './plan.js'
import { prepareOptions, type SocketOptions, writeStep } from './prepared.js'

/** What was asked for, and what the kernel answers when it is read back; `undefined` for an option that can only be set. */
export interface Applied<Name extends WritableName = WritableName> {
  readonly requested: OptionInput<Name>
  readonly effective: OptionValue<Name> | undefined
}

export type AppliedOptions<Options> = { readonly [Name in keyof Options & WritableName]: Applied<Name> }

/**
 * Sets options in the order given, and reads each one back.
 *
 * ```ts
 * applyOptions(socket, { SO_RCVBUF: 65536 })   // { SO_RCVBUF: { requested: 65536, effective: 131072 } }
 * ```
 *
 * Every name and every value is checked before the first is set: a wrong one sets nothing. When the kernel refuses one,
 * the error's `applied` holds what had been set until then.
 * @throws SocketOptionError, TypeError, RangeError as `setsockopt`
 */
export function applyOptions<const Options extends SocketOptions>(target: Target, options: Options): AppliedOptions<Options> {
  const { steps } = prepareOptions(options)
  const applied: Record<string, { requested: unknown; effective: unknown }> = {}
  for (const step of steps) {
    const descriptor = resolve(target)
    const { name, value, plan } = step
    try {
      writeStep(step, descriptor)
      applied[name] = Object.freeze({ requested: value, effective: readBack(plan, descriptor) })
    } catch (error) {
      if (error instanceof SocketOptionError) error.applied = Object.freeze(applied)
      throw error
    }
  }
  return Object.freeze(applied) as AppliedOptions<Options>
}

/** What the kernel says of an option that was set; `undefined` of one that can only be set. */
export const readBack = (plan: Plan, descriptor: number): unknown =>
  plan.access === 'rw' && !plan.option.inOut && isHarmless(plan.option.name) ? readPlan(plan, descriptor) : undefined
