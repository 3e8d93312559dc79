/** The words that run a command in new namespaces. */
export const unshare: readonly string[]
