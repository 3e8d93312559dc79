/** WHERE is the package's folder? This module lies one below it: in src, and in dist, where it is part of a larger file. */
import { fileURLToPath } from 'node:url'

export const packageRoot: string = fileURLToPath(new URL('../', import.meta.url))
