/** WHICH of several settings of one option stands? Of who named the socket rather than of who wants it on all; among equals, of who came first. */

/** Settings in the order in which they are set: what is set last stands. */
export type Ranked<Each> = { readonly rank: number; readonly each: Each }[]

/** The rank of what is named for one socket. */
export const NAMED = 0

let lowest = NAMED

/** A rank for what is wanted on all sockets: below that of whoever wanted something before. */
export function rankBelow(): number {
  lowest -= 1
  return lowest
}

/** Before those of its own rank: they were there first, and stand. */
export function addRanked<Each>(list: Ranked<Each>, each: Each, rank: number): void {
  const at = list.findIndex(other => other.rank >= rank)
  list.splice(at < 0 ? list.length : at, 0, { rank, each })
}
