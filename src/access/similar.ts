/** Which names look like this one? For the error of a mistyped option. */

/** Edits from `a` to `b`: insert, delete, replace (Levenshtein), stopping beyond `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(replaced, (previous[j] as number) + 1, (current[j - 1] as number) + 1))
    }
    if (Math.min(...current) > limit) return limit + 1
    previous = current
  }
  return previous[b.length] as number
}

/** Up to three of `names`, nearest first: a few edits away, or sharing the words after the prefix. */
export function findSimilar(name: string, names: readonly string[]): string[] {
  const wanted = name.slice(0, 64).toUpperCase()
  const limit = Math.max(2, Math.floor(wanted.length / 4))
  const near = names.map(candidate => ({ candidate, edits: distance(wanted, candidate, limit) })).filter(({ edits }) => edits <= limit)
  near.sort((a, b) => a.edits - b.edits)
  const bare = wanted.replace(/^[A-Z0-9]+_/, '')
  const sharing = bare.length < 4 ? [] : names.filter(candidate => candidate.endsWith(`_${bare}`) || candidate.includes(wanted))
  return [...new Set([...near.map(({ candidate }) => candidate), ...sharing])].slice(0, 3)
}
