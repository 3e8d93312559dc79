/** What does every mechanism look at, and what does it answer? */
import { RTO_MAX } from './backoff.js'
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

/** The longest timeouts that the kernel may allow (TCP_RTO_MAX_MS), ms: one, or where it could not be read the extremes that the current wait allows. */
export function maximaOf({ state: { settings } }: Look, wait: number): number[] {
  const { TCP_RTO_MAX_MS: maximum } = settings
  return maximum === undefined ? [Math.max(1000, wait), RTO_MAX] : [maximum]
}

/** Some time after `earliest`: something that decides it could not be read. */
export const unbounded = (earliest: number): Window => ({ earliest, latest: Infinity })
