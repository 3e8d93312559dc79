/** Sets an option: value -> bytes -> one system call. The only way any feature sets one. */
import { Refusal } from '../codec/codec.js'
import { print, refusedByKernel, refusedByUs, refusedValue } from '../errors.js'
import { ask, ensure, Operation, scratch } from '../native/scratch.js'
import { expectFamily, written } from './get.js'
import { findDanger } from './hazards.js'
import type { Plan } from './plan.js'

function expectSettable({ option, access }: Plan): void {
  if (access === 'ro') throw refusedByUs('ERR_SOCKOPT_READ_ONLY', 'unsupported', `${option.name} can only be read`, option)
  if (access === 'none')
    throw refusedByUs('ERR_SOCKOPT_UNSUPPORTED', 'unsupported', `${option.name} is no socket option here: ${option.doc}`, option)
  const danger = findDanger(option.name, 'write', undefined)
  if (danger !== undefined) throw refusedByUs('ERR_SOCKOPT_HAZARD', 'denied', `${option.name} is not set: ${danger}`, option, 'setsockopt')
}

function encodeAt({ codec, option }: Plan, value: unknown, view: DataView, at: number): number {
  try {
    return codec.encode(value, view, at, scratch.abi)
  } catch (refusal) {
    if (refusal instanceof Refusal) throw refusedValue(option, value, refusal)
    throw refusal
  }
}

/** The bytes of a value, checked. Nothing is set yet. In memory of its own, because a getter in the value may read other options meanwhile. */
export function encodeValue(plan: Plan, value: unknown): Uint8Array {
  expectSettable(plan)
  ensure(0)
  const bytes = new Uint8Array(plan.codec.size)
  return written(bytes, encodeAt(plan, value, new DataView(bytes.buffer), 0))
}

/** Checks a value that `writeCheckedWord` will set. */
export function checkWord(plan: Plan, value: unknown): void {
  expectSettable(plan)
  ensure(plan.codec.size)
  encodeAt(plan, value, scratch.view, scratch.body)
}

/**
 * Sets an option whose value is a number or a boolean. Neither has getters, so it is encoded where the kernel reads it: memory of its own takes
 * four times as long as the system call.
 */
export function writeWord(plan: Plan, descriptor: number, value: unknown): void {
  expectSettable(plan)
  writeCheckedWord(plan, descriptor, value)
}

/** The same for a plan that `checkWord` has seen. */
export function writeCheckedWord(plan: Plan, descriptor: number, value: unknown): void {
  expectFamily(plan, descriptor)
  ensure(plan.codec.size)
  const length = encodeAt(plan, value, scratch.view, scratch.body)
  const result = ask(descriptor, Operation.set, plan.level, plan.number, length, 1, 0)
  if (result < 0) throw refusedByKernel('setsockopt', result, plan.option, descriptor, print(value))
}

/** Hands the bytes to the kernel. @throws SocketOptionError when it refuses. */
export function writePlan(plan: Plan, descriptor: number, bytes: Uint8Array, value: unknown): void {
  expectFamily(plan, descriptor)
  ensure(bytes.length)
  scratch.bytes.set(bytes, scratch.body)
  const result = ask(descriptor, Operation.set, plan.level, plan.number, bytes.length, 1, 0)
  if (result < 0) throw refusedByKernel('setsockopt', result, plan.option, descriptor, print(value))
}
