/** What does every mechanism look at, and what does it answer? */
import type { Ending, State, Sysctls } from './state.js'
import { LAG, type Window, withDelay } from './wheel.js'

export interface Look {
  readonly state: State
  readonly sysctls: Sysctls
  /** ms: one of those that the kernel may have. */
  readonly jiffy: number
}

/** An ending with what a person wants to know about it. */
export interface Cause extends Ending {
  /** Why, as one sentence. */
  readonly reason: string
  /** What would change it, as one sentence; undefined where a finding says so. */
  readonly remedy: string | undefined
}

type Rest = Omit<Cause, 'earliest' | 'latest' | 'remedy'> & { readonly remedy?: string | undefined }

/** Widened by what the look itself took, and by a busy machine's delay. */
export function cause(window: Window, rest: Rest, { state }: Look): Cause {
  const { earliest, latest } = withDelay(window)
  return { ...rest, earliest: Math.max(0, earliest - state.spread - LAG), latest: Math.max(0, latest), remedy: rest.remedy }
}

/** Some time after `earliest`: something that decides it could not be read. */
export const unbounded = (earliest: number): Window => ({ earliest, latest: Infinity })
