/** WHAT can be set on a socket of the kernel's cryptography (level SOL_ALG)? */
import { bytes, nothing } from '../codec/bytes.js'
import { int } from '../codec/scalar.js'
import { group, wo } from './define.js'

export const crypto = group('SOL_ALG', () => ({
  ALG_SET_KEY: wo(bytes(4096), 'Key of the transformation.', { since: '2.6.38' }),
  ALG_SET_AEAD_AUTHSIZE: wo(nothing, 'Size of the AEAD tag.', { since: '3.19', quirks: ['The size is optlen itself; the value is ignored.'] }),
  ALG_SET_DRBG_ENTROPY: wo(bytes(4096), 'Entropy for tests of a random number generator.', { since: '5.10', needs: 'CAP_SYS_ADMIN (EACCES)' }),
  ALG_SET_KEY_BY_KEY_SERIAL: wo(int, 'Key of the kernel keyring, by its serial number.', { since: '6.2' }),
}))
