/** WHERE is an option here? What a platform has to say: numbers, and where it disagrees with the catalogue. */
import type { Codec } from '../codec/codec.js'

/** One line of disagreement with the catalogue. */
export interface Quirk {
  /** The bytes differ here: Windows counts SO_RCVTIMEO in a DWORD of milliseconds. */
  readonly codec?: Codec<any, any>
  /** Who may read or set it differs here. */
  readonly access?: 'rw' | 'ro' | 'wo' | 'none'
  readonly reason?: string
}

export interface Platform {
  readonly name: string
  /** Level symbols to numbers. */
  readonly levels: Readonly<Record<string, number>>
  /** Option symbols to numbers; a symbol that is neither here nor among the rare ones does not exist on this platform. */
  readonly numbers: Readonly<Record<string, number>>
  /** The numbers of levels that few programs name, loaded for who names one; undefined for a level whose numbers are in `numbers`. */
  readonly rareNumbers?: ((level: string) => Readonly<Record<string, number>> | undefined) | undefined
  readonly quirks: Readonly<Record<string, Quirk>>
  /** Kernel error numbers that `util.getSystemErrorMap()` lacks or names differently. */
  readonly errnos: Readonly<Record<number, string>>
}

/** The same with all numbers in `numbers`, for who enumerates them: scripts and tests. */
export const whole = (platform: Platform): Platform => ({ ...platform, numbers: { ...platform.numbers, ...platform.rareNumbers?.('') } })
