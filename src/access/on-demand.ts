/** WHICH way of reading is loaded when it is first used? The import here is a file of its own in the built package (docs/package.md). */
import * as raw from './raw.js'

export const loadRaw = () => raw
