/** WHICH of several settings of one option stands? Of who named the socket rather than of who wants it on all; among equals, of who came first. */

export type Rank = 'named' | 'default'

/** Each list in the order in which it is set: what is set last stands. */
export interface Ranked<Each> {
  readonly default: Each[]
  readonly named: Each[]
}

export const rankedList = <Each>(): Ranked<Each> => ({ default: [], named: [] })

export function addRanked<Each>(list: Ranked<Each>, each: Each, rank: Rank): void {
  list[rank].unshift(each)
}

export function* inOrder<Each>(list: Ranked<Each>): Generator<Each> {
  yield* list.default
  yield* list.named
}
