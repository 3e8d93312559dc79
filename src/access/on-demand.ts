/** WHICH parts of reading are loaded when they are first used? Each import here is a file of its own in the built package (docs/package.md). */
import * as raw from './raw.js'
import * as similar from './similar.js'

export const loadRaw = () => raw
export const loadSimilar = () => similar
