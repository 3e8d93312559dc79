/** WHAT can be read and set of kernel TLS (level SOL_TLS)? */
import { bool, u16 } from '../codec/scalar.js'
import { tlsCryptoInfo } from '../codec/tls.js'
import { group, rw } from './define.js'

const afterUlp = 'TCP_ULP set to tls (EOPNOTSUPP)'

export const tls = group('SOL_TLS', () => ({
  TLS_TX: rw(tlsCryptoInfo, 'Keys and record number for sending.', { since: '4.13', needs: afterUlp, sizedBy: [56, 40], quirks: ["The length must be that of the cipher's struct.", 'A read gives the current record number, and the key.'] }),
  TLS_RX: rw(tlsCryptoInfo, 'Keys and record number for receiving.', { since: '4.17', needs: afterUlp, sizedBy: [56, 40], quirks: ['New keys for TLS 1.3 since 6.14.', 'A read gives the key.'] }),
  TLS_TX_ZEROCOPY_RO: rw(bool, 'Sends files without copying them when the device encrypts.', { since: '5.19', needs: afterUlp, quirks: ['The length must be exactly 4.'] }),
  TLS_RX_EXPECT_NO_PAD: rw(bool, 'Expects TLS 1.3 records without padding, and decrypts in place.', { since: '6.0', needs: afterUlp, quirks: ['EINVAL before the keys are set and with TLS 1.2.'] }),
  TLS_TX_MAX_PAYLOAD_LEN: rw(u16, 'Largest plaintext of a record (record_size_limit, RFC 8449).', { unit: 'bytes', since: '6.19', needs: afterUlp, quirks: ['The length must be exactly 2.'] }),
}))
