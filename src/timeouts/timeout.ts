/** One timeout as a value: how long, by which option, and whether it does anything here. */
import { inspect } from 'node:util'

/** A timeout of a socket. */
export interface Timeout {
  /** Milliseconds; null means "none". */
  readonly milliseconds: number | null
  /** The socket option behind it, by the kernel's name, or the member of the Node object. */
  readonly option: string
  /** Whether it can end anything on this socket as it is now. */
  readonly effective: boolean
  /** Why it does nothing, or what it does that one would not expect. */
  readonly reason?: string
}

/** `5 s`, `1.5 s`, `30 min`, `none`: a duration as people say it. */
export function formatDuration(milliseconds: number | null): string {
  if (milliseconds === null) return 'none'
  if (milliseconds < 1) return `${Math.round(milliseconds * 1000)} us`
  if (milliseconds < 1000) return `${Number(milliseconds.toFixed(3))} ms`
  const seconds = milliseconds / 1000
  if (seconds < 120) return `${Number(seconds.toFixed(3))} s`
  if (seconds < 7200) return `${Number((seconds / 60).toFixed(1))} min`
  return `${Number((seconds / 3600).toFixed(1))} h`
}

/** One line: `5 s (SO_RCVTIMEO), no effect: ...`. */
export function formatTimeout({ milliseconds, option, effective, reason }: Timeout): string {
  const remark = reason === undefined ? '' : effective ? `; ${reason}` : `; no effect: ${reason}`
  return `${formatDuration(milliseconds)} (${option})${remark}`
}

const printing = {
  [inspect.custom]: {
    value(this: Timeout) {
      return formatTimeout(this)
    },
  },
}

/** Makes a Timeout: frozen, plain for JSON, one line when printed. */
export function timeout(milliseconds: number | null, option: string, effective: boolean, reason?: string): Timeout {
  const value = reason === undefined ? { milliseconds, option, effective } : { milliseconds, option, effective, reason }
  return Object.freeze(Object.defineProperties(value, printing))
}
