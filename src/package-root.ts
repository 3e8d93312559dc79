/** WHERE is the package's folder? This module lies one below it: in src, and in dist, where it is part of a larger file. */

/** Its path. A function: not at import, which would have to load node:url. */
export const findPackageRoot = (): string => process.getBuiltinModule('node:url').fileURLToPath(new URL('../', import.meta.url))
