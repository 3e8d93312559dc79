/** Where was it measured, and what else was going on there? */
import { cpus, loadavg, release } from 'node:os'

/** The load average is that of the last five minutes; the benchmark itself is 1 of it. */
export const machine = () =>
  [
    `${cpus()[0]?.model.trim()}, ${cpus().length} cores`,
    `${process.platform} ${release().split('-', 1)[0]}, ${process.arch}`,
    `Node ${process.versions.node}`,
    `load average ${loadavg()[1].toFixed(1)}`,
  ].join('; ')
