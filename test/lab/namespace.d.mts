/** The words that run a command in new namespaces. */
export const unshare: readonly string[]
/** Why they cannot be made here; undefined where they can. */
export function whyNoNetwork(): string | undefined
export const nobody: string
