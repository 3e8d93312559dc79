/** Where was it measured? */
import { cpus, release } from 'node:os'

export const machine = () =>
  `${cpus()[0]?.model.trim()}, ${cpus().length} cores; ${process.platform} ${release().split('-', 1)[0]}, ${process.arch}; Node ${process.versions.node}`
