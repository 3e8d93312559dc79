/** How long does the kernel try to connect? TCP_SYNCNT counts retransmissions; this turns the count into time and back. */
import { readSysctl } from './collect/sysctls.js'
import { modelTimeout, RTO_INITIAL } from './explain/backoff.js'

/** What the kernel waits once the user timeout is over; 1 to 10 ms, by the kernel's HZ. */
const JIFFY = 1
/** Largest TCP_SYNCNT, MAX_TCP_SYNCNT (include/net/tcp.h). */
export const MAX_SYN_RETRIES = 127

/**
 * Milliseconds from connect() to ETIMEDOUT when nothing answers (tcp_write_timeout in net/ipv4/tcp_timer.c), without the timers' own lateness.
 * `linear` is net.ipv4.tcp_syn_linear_timeouts: so many first retransmissions come one second apart (4 since Linux 6.5, none before).
 */
export function synTimeout(retries: number, linear: number, maximum: number, userTimeout = 0): number {
  const limit = userTimeout > 0 ? userTimeout : modelTimeout(retries, RTO_INITIAL, maximum)
  let [now, timeout, sent] = [RTO_INITIAL, RTO_INITIAL, 0]
  while (sent < retries + linear && (sent === 0 || now < limit)) {
    sent++
    if (sent > linear) timeout = Math.min(2 * timeout, maximum)
    if (userTimeout > 0) now += now < userTimeout ? Math.min(timeout, userTimeout - now) : JIFFY
    else now += timeout
  }
  return now
}

/** The fewest retransmissions that try for at least `milliseconds`; undefined where even the most do not. */
export function synRetries(milliseconds: number, linear: number, maximum: number): number | undefined {
  for (let retries = 1; retries <= MAX_SYN_RETRIES; retries++) {
    if (synTimeout(retries, linear, maximum) >= milliseconds) return retries
  }
  return undefined
}

/** net.ipv4.tcp_syn_linear_timeouts of this process's network namespace; 0 on kernels without it. */
export function readLinearTimeouts(): number {
  return readSysctl('tcp_syn_linear_timeouts') ?? 0
}
