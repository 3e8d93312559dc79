/** How long does the kernel go on? The times that follow from counts of retransmissions. */

/** TCP_RTO_MIN, ms: what counts of data retransmissions are turned into time with, whatever the connection's own minimum (include/net/tcp.h). */
export const RTO_MIN = 200
/** TCP_TIMEOUT_INIT, ms: the first timeout of a SYN (RFC 6298). */
export const RTO_INITIAL = 1000
/** TCP_RTO_MAX, ms, before and unless TCP_RTO_MAX_MS. */
export const RTO_MAX = 120_000

/** ms that `retries` retransmissions would take if the first wait were `base` and each twice the last, up to `maximum` (tcp_model_timeout). */
export function modelTimeout(retries: number, base: number, maximum: number): number {
  const doublings = Math.floor(Math.log2(Math.floor(maximum / base)))
  if (retries <= doublings) return (2 ** (retries + 1) - 1) * base
  return (2 ** (doublings + 1) - 1) * base + (retries - doublings) * maximum
}

/** Exponential backoff up to a maximum. */
export const doubling = (maximum: number) => (wait: number) => Math.min(2 * wait, maximum)
