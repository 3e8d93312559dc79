/** WHICH options will a socket get that is not there yet? Their bytes, made and checked now, to be set on any descriptor later. */
import { badArgument, SocketOptionError } from '../errors.js'
import type { OptionInput, WritableName } from '../options/index.js'
import { type Plan, planOf } from './plan.js'
import { checkWord, encodeValue, writeCheckedWord, writePlan } from './set.js'

/** Options and the values to set. */
export type SocketOptions = { readonly [Name in WritableName]?: OptionInput<Name> }

/** What becomes of an option that this platform, this kernel or this kind of socket lacks: the whole fails, or the option is left out. */
export type OnUnsupported = 'throw' | 'skip'

/** One option, as the kernel takes it. */
export interface Step {
  readonly name: string
  readonly value: unknown
  readonly plan: Plan
  /** undefined for a number or a boolean, which is encoded where the kernel reads it: memory of its own takes longer than the system call. */
  readonly bytes: Uint8Array | undefined
}

/** Options by name, with the error of each. */
export type Refused = Record<string, SocketOptionError>

export interface Prepared {
  /** In the order given. */
  readonly steps: readonly Step[]
  /** Those that the platform lacks, where they are left out. */
  readonly lacking: Readonly<Refused>
  readonly onUnsupported: OnUnsupported
}

/** Not a name or a value that can never be right, but one that is not right here. */
const isUnsupported = (error: unknown): error is SocketOptionError =>
  error instanceof SocketOptionError && error.kind === 'unsupported' && error.code !== 'ERR_SOCKOPT_READ_ONLY'

/**
 * Checks every name and every value.
 * @throws SocketOptionError for a name that is no option, that can only be read, that is a hazard, or that this platform lacks; TypeError or RangeError for a
 * value that it cannot have
 */
export function prepareOptions(options: SocketOptions, onUnsupported: OnUnsupported = 'throw'): Prepared {
  if (typeof options !== 'object' || options === null) throw badArgument('type', 'options', 'an object of option names and values', options)
  if (onUnsupported !== 'throw' && onUnsupported !== 'skip') throw badArgument('range', 'onUnsupported', "'throw' or 'skip'", onUnsupported)
  const lacking: Refused = {}
  const steps: Step[] = []
  for (const [name, value] of Object.entries(options)) {
    try {
      const plan = planOf(name)
      steps.push({ name, value, plan, bytes: encode(plan, value) })
    } catch (error) {
      if (onUnsupported === 'throw' || !isUnsupported(error)) throw error
      lacking[name] = error
    }
  }
  return { steps, lacking, onUnsupported }
}

/**
 * Sets them on a descriptor, one after the other. Returns those that were left out.
 * @throws SocketOptionError for the first that the kernel refuses, unless it is left out
 */
export function setPrepared({ steps, lacking, onUnsupported }: Prepared, descriptor: number): Readonly<Refused> {
  let refused: Refused | undefined
  for (const step of steps) {
    try {
      writeStep(step, descriptor)
    } catch (error) {
      if (onUnsupported === 'throw' || !isUnsupported(error)) throw error
      refused ??= { ...lacking }
      refused[step.name] = error
    }
  }
  return refused ?? lacking
}

function encode(plan: Plan, value: unknown): Uint8Array | undefined {
  if (plan.word === 'none') return encodeValue(plan, value)
  checkWord(plan, value)
  return undefined
}

/** @throws SocketOptionError when the kernel refuses */
export function writeStep({ plan, bytes, value }: Step, descriptor: number): void {
  if (bytes === undefined) writeCheckedWord(plan, descriptor, value)
  else writePlan(plan, descriptor, bytes, value)
}
