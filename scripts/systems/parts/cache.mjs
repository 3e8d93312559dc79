/** WHERE are roots and images of other systems kept? In a cache beside the dependencies; deleting it costs time and nothing else. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const cache = fileURLToPath(new URL('../../../node_modules/.cache/systems/', import.meta.url))

/** The path that `make(path)` fills, once; it gets its name when it is complete. */
export function cached(name, make) {
  const path = join(cache, name)
  if (existsSync(path)) return path
  mkdirSync(cache, { recursive: true })
  const unfinished = mkdtempSync(join(cache, 'unfinished-'))
  try {
    make(join(unfinished, 'made'))
    renameSync(join(unfinished, 'made'), path)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
  return path
}
