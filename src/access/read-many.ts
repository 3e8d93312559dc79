/** Reads many options of one socket in one crossing, and decodes each when it is asked for. */
import { Refusal } from '../codec/codec.js'
import { type SocketAddress, sockaddr } from '../codec/sockaddr.js'
import { describeErrno, refusedByKernel, refusedByUs, SocketOptionError, undecodable } from '../errors.js'
import { compile, type Instruction, Operation, type Program, type Results, run, scratch } from '../native/scratch.js'
import { expectReadable, ofOtherFamily } from './get.js'
import { isHarmless } from './hazards.js'
import { type Plan, planOf } from './plan.js'

/** Something that is not an option and belongs to the same look at the socket: its addresses, its queues. */
export type Question = Exclude<
  keyof typeof Operation,
  'get' | 'exchange' | 'set' | 'handles' | 'openSocket' | 'takeDescriptor' | 'close' | 'askSockDiag' | 'bind'
>

/** The largest address there is: sizeof(struct sockaddr_storage). */
const ADDRESS = 128

/** Options and questions, laid out for one crossing. Made once, run on any descriptor. */
export interface Batch {
  readonly plans: readonly Plan[]
  readonly questions: readonly Question[]
  readonly program: Program
  readonly at: ReadonlyMap<string, number>
}

/** Whether one plain read tells the option: not in/out, not counted in units, without effects. */
export function isReadable({ option, access }: Pick<Plan, 'option' | 'access'>): boolean {
  return (access === 'rw' || access === 'ro') && !option.inOut && option.counted === undefined && isHarmless(option.name)
}

function toInstruction({ option, level, number, capacity }: Plan): Instruction {
  const operation = option.sizedBy === 'peer' ? Operation.peerAddress : Operation.get
  return { operation, level, number, capacity, unit: 1 }
}

function toQuestion(question: Question): Instruction {
  const capacity = question === 'localAddress' || question === 'peerAddress' ? ADDRESS : 0
  return { operation: Operation[question], level: 0, number: 0, capacity, unit: 1 }
}

/** What harms when it is read, or takes more than one plain read, never gets into a program, whoever asks for it. */
function planToRead(name: string): Plan {
  const plan = planOf(name)
  if (isReadable(plan)) return plan
  expectReadable(plan)
  const message = `${name} is not read with others, because one plain read does not tell it: read it alone, with getsockopt`
  throw refusedByUs('ERR_SOCKOPT_UNSUPPORTED', 'unsupported', message, plan.option, 'getsockopt')
}

/** @throws SocketOptionError for a name that is unknown, not of this platform, or not read with others: dangerous, in/out, counted in units. */
export function prepare(names: readonly string[], questions: readonly Question[] = []): Batch {
  const plans = names.map(planToRead)
  const program = compile([...plans.map(toInstruction), ...questions.map(toQuestion)])
  const at = new Map(plans.map(({ option }, index) => [option.name, index]))
  return { plans, questions, program, at }
}

/** What came back: the bytes, in a buffer of their own. Decoding asks the kernel nothing more. */
export class Reading {
  readonly batch: Batch
  readonly descriptor: number
  readonly #results: Results

  constructor(batch: Batch, descriptor: number) {
    this.batch = batch
    this.descriptor = descriptor
    this.#results = run(batch.program, descriptor)
  }

  /** The option's value, or the error that says why there is none. */
  get(index: number): unknown {
    const plan = this.batch.plans[index] as Plan
    const length = this.#results.result(index)
    if (length < 0) return refusedByKernel('getsockopt', length, plan.option, this.descriptor)
    const { family } = plan.option
    if (family !== undefined && this.value('SO_DOMAIN') !== family) return ofOtherFamily(plan, this.descriptor, this.value('SO_DOMAIN'))
    try {
      return this.#codecOf(plan, length).decode(this.#results.view, this.#results.offset(index), length, scratch.abi)
    } catch (refusal) {
      if (refusal instanceof Refusal) return undecodable(plan.option, this.descriptor, refusal)
      throw refusal
    }
  }

  /** TCP_CC_INFO is read by the struct that TCP_CONGESTION names, if the batch has both. */
  #codecOf({ option, codec }: Plan, length: number): Pick<Plan['codec'], 'decode'> {
    if (option.variants === undefined || length === 0) return codec
    const { by, codecs } = option.variants
    const index = this.batch.at.get(by)
    const which = index === undefined ? undefined : this.get(index)
    return typeof which === 'string' && Object.hasOwn(codecs, which) ? (codecs[which] as Pick<Plan['codec'], 'decode'>) : codec
  }

  /** The option's value by name; undefined where it was refused or was not asked. */
  value(name: string): unknown {
    const index = this.batch.at.get(name)
    if (index === undefined) return undefined
    const value = this.get(index)
    return value instanceof SocketOptionError ? undefined : value
  }

  /** @throws SocketOptionError (EBADF, ENOTSOCK) where nothing can be read because this is no open socket. */
  expectSocket(): void {
    const first = this.#results.result(0)
    if (first < 0 && ['EBADF', 'ENOTSOCK'].includes(describeErrno(first).code)) throw this.get(0)
  }

  /** The answer to a question: a number >= 0, or -errno. */
  answer(question: Question): number {
    const index = this.batch.questions.indexOf(question)
    return index < 0 ? -1 : this.#results.result(this.batch.plans.length + index)
  }

  /** The address that answers a question, undefined where there is none. */
  address(question: 'localAddress' | 'peerAddress'): SocketAddress | undefined {
    const length = this.answer(question)
    if (length < 0) return undefined
    const index = this.batch.plans.length + this.batch.questions.indexOf(question)
    return sockaddr.decode(this.#results.view, this.#results.offset(index), Math.min(length, ADDRESS), scratch.abi)
  }
}
