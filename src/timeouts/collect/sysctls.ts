/** What are the TCP settings of this network namespace? /proc/sys/net/ipv4, which everybody may read. */
import { readFileSync } from 'node:fs'
import type { Sysctls } from '../explain/state.js'
import { readJiffy } from './jiffy.js'

type FileName = Exclude<keyof Sysctls, 'jiffy'>

/** What a kernel does that is known not to have the file: since Linux 6.5 and 6.15. */
const before: Readonly<Partial<Record<FileName, number>>> = {
  tcp_syn_linear_timeouts: 0,
  tcp_rto_max_ms: 120_000,
}

/** The value of a file of /proc/sys/net/ipv4; null where there is no such file, undefined where it could not be read. */
export function readSysctl(name: string): number | null | undefined {
  try {
    const value = Number.parseInt(readFileSync(`/proc/sys/net/ipv4/${name}`, 'latin1'), 10)
    return Number.isNaN(value) ? undefined : value
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : undefined
  }
}

/** None: another system, or another network namespace, whose files cannot be seen from here. HZ is the same in all. */
export function unknownSysctls(): Sysctls {
  return fill(() => undefined)
}

/** Those of the network namespace of the thread that reads: Node's threads are all in one. Read anew at each call, 20 us a file: an administrator may change them. */
export function readSysctls(): Sysctls {
  // A file that is absent says something of the kernel only where its oldest neighbour is there.
  const isThere = typeof readSysctl('tcp_retries2') === 'number'
  return fill(name => {
    const value = isThere ? readSysctl(name) : undefined
    return value === null ? before[name] : value
  })
}

function fill(read: (name: FileName) => number | undefined): Sysctls {
  return Object.freeze({
    jiffy: readJiffy(),
    tcp_syn_retries: read('tcp_syn_retries'),
    tcp_syn_linear_timeouts: read('tcp_syn_linear_timeouts'),
    tcp_synack_retries: read('tcp_synack_retries'),
    tcp_retries2: read('tcp_retries2'),
    tcp_orphan_retries: read('tcp_orphan_retries'),
    tcp_fin_timeout: read('tcp_fin_timeout'),
    tcp_early_retrans: read('tcp_early_retrans'),
    tcp_thin_linear_timeouts: read('tcp_thin_linear_timeouts'),
    tcp_abort_on_overflow: read('tcp_abort_on_overflow'),
    tcp_rto_max_ms: read('tcp_rto_max_ms'),
    tcp_keepalive_time: read('tcp_keepalive_time'),
    tcp_keepalive_intvl: read('tcp_keepalive_intvl'),
    tcp_keepalive_probes: read('tcp_keepalive_probes'),
  })
}
