/** WHICH of several settings of one option stands, where all of them are for every socket? That of who came first, which is set last. */

/** In the order in which they are set. */
export type Ranked<Each> = { readonly rank: number; readonly each: Each }[]

let lowest = 0

/** A rank below that of everybody who came before. */
export function rankBelow(): number {
  lowest -= 1
  return lowest
}

export function addRanked<Each>(list: Ranked<Each>, each: Each, rank: number): void {
  const at = list.findIndex(other => other.rank > rank)
  list.splice(at < 0 ? list.length : at, 0, { rank, each })
}
