/** What is one setting of this network namespace? A file of its own: getTimeouts needs no more of them than one. */
import { readFileSync } from 'node:fs'

/** The value of a file of /proc/sys/net/ipv4; null where there is no such file, undefined where it could not be read. */
export function readSysctl(name: string): number | null | undefined {
  try {
    const value = Number.parseInt(readFileSync(`/proc/sys/net/ipv4/${name}`, 'latin1'), 10)
    return Number.isNaN(value) ? undefined : value
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : undefined
  }
}
