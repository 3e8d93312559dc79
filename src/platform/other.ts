/** A platform without a table of its own: the catalogue knows what options mean there, and no number of theirs. */
import type { Platform } from './platform.js'

export const other: Platform = Object.freeze({ name: 'other', levels: {}, numbers: {}, quirks: {}, errnos: {} })
