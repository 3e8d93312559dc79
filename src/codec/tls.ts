/** Which keys does kernel TLS use, by cipher? */
import { octets } from './array.js'
import { type Codec, codec, Refusal } from './codec.js'
import { named, u16 } from './field.js'
import { struct } from './struct.js'

const versions = { TLS_1_2_VERSION: 0x0303, TLS_1_3_VERSION: 0x0304 } as const
const ciphers = {
  TLS_CIPHER_AES_GCM_128: 51,
  TLS_CIPHER_AES_GCM_256: 52,
  TLS_CIPHER_AES_CCM_128: 53,
  TLS_CIPHER_CHACHA20_POLY1305: 54,
  TLS_CIPHER_SM4_GCM: 55,
  TLS_CIPHER_SM4_CCM: 56,
  TLS_CIPHER_ARIA_GCM_128: 57,
  TLS_CIPHER_ARIA_GCM_256: 58,
} as const
type CipherType = keyof typeof ciphers

const head = { version: [0, named(u16, versions)], cipherType: [2, named(u16, ciphers)] } as const
const header = struct('tls_crypto_info', 4, head)

/** A cipher's struct: its parts follow the header without gaps. */
function keys(name: string, iv: number, key: number, salt: number) {
  return struct(`tls12_crypto_info_${name}`, 4 + iv + key + salt + 8, {
    ...head,
    iv: [4, octets(iv)],
    key: [4 + iv, octets(key)],
    salt: [4 + iv + key, octets(salt)],
    recSeq: [4 + iv + key + salt, octets(8)],
  })
}

/** The struct of each cipher (linux/tls.h). */
export const tlsCryptoInfos = {
  TLS_CIPHER_AES_GCM_128: keys('aes_gcm_128', 8, 16, 4),
  TLS_CIPHER_AES_GCM_256: keys('aes_gcm_256', 8, 32, 4),
  TLS_CIPHER_AES_CCM_128: keys('aes_ccm_128', 8, 16, 4),
  TLS_CIPHER_CHACHA20_POLY1305: keys('chacha20_poly1305', 12, 32, 0),
  TLS_CIPHER_SM4_GCM: keys('sm4_gcm', 8, 16, 4),
  TLS_CIPHER_SM4_CCM: keys('sm4_ccm', 8, 16, 4),
  TLS_CIPHER_ARIA_GCM_128: keys('aria_gcm_128', 8, 16, 4),
  TLS_CIPHER_ARIA_GCM_256: keys('aria_gcm_256', 8, 32, 4),
} as const satisfies Record<CipherType, unknown>

type Keys = ReturnType<typeof keys> extends Codec<infer Out, infer In> ? { readonly out: Out; readonly in: In } : never
type Header = typeof header extends Codec<infer Out> ? Out : never
/** With the keys if they came back, without them if only the header was asked for. */
export type TlsCryptoInfo = Keys['out'] | (Header & { readonly [K in Exclude<keyof Keys['out'], keyof Header>]?: undefined })

function structOf(cipherType: unknown): ReturnType<typeof keys> | undefined {
  return typeof cipherType === 'string' && Object.hasOwn(tlsCryptoInfos, cipherType) ? tlsCryptoInfos[cipherType as CipherType] : undefined
}

const expectedCipher = `one of ${Object.keys(ciphers).join(', ')}`

/**
 * TLS_TX, TLS_RX. Written, the length is the cipher's. Read, the kernel wants 4 bytes (which cipher?) or exactly the cipher's
 * (net/tls/tls_main.c, do_tls_getsockopt_conf): {@link tlsCryptoInfos} has the size; the largest is EINVAL for most.
 */
export const tlsCryptoInfo: Codec<TlsCryptoInfo, Keys['in']> = codec<TlsCryptoInfo, Keys['in']>({
  name: header.name,
  size: 56,
  layout: header.layout,
  accepts: 'an object { version, cipherType, iv, key, salt, recSeq }',
  decode(view, at, length, abi) {
    const start = header.decode(view, at, length, abi)
    const whole = structOf(start.cipherType)
    return whole !== undefined && length >= whole.size ? whole.decode(view, at, length, abi) : start
  },
  encode(value, view, at, abi) {
    if (typeof value !== 'object' || value === null) throw new Refusal('type', tlsCryptoInfo.accepts)
    const whole = structOf(value.cipherType)
    if (whole === undefined) throw new Refusal('range', expectedCipher, 'cipherType')
    return whole.encode(value, view, at, abi)
  },
})
