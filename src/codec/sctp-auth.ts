/** Structs of IPPROTO_SCTP about authenticated chunks (RFC 4895). */
import { bytes } from './bytes.js'
import { named, optional, u8, u16, u32 } from './field.js'
import { list, tailed } from './list.js'
import { asked } from './query.js'
import { assocId } from './sctp-association.js'
import { struct } from './struct.js'

/** SCTP_AUTH_CHUNK: a chunk type to accept only if authenticated. */
export const sctpAuthchunk = struct('sctp_authchunk', 1, { chunk: [0, u8] }, { prefix: 'sauth_' })

const hmacs = named(u16, { SCTP_AUTH_HMAC_ID_SHA1: 1, SCTP_AUTH_HMAC_ID_SHA256: 3 })

/** SCTP_HMAC_IDENT: the algorithms in order of preference. */
export const sctpHmacalgo = tailed(
  'sctp_hmacalgo',
  4,
  { numIdents: [0, u32] },
  { name: 'idents', of: list('u16', 16, hmacs), count: 'numIdents', each: 2 },
  { prefix: 'shmac_' },
)

/** SCTP_AUTH_KEY. */
export const sctpAuthkey = tailed(
  'sctp_authkey',
  8,
  { assocId: [0, assocId], keynumber: [4, u16], keylength: [6, u16, 'bytes'] },
  { name: 'key', of: bytes(1024), count: 'keylength', each: 1 },
  { prefix: 'sca_' },
)

/** SCTP_AUTH_ACTIVE_KEY, SCTP_AUTH_DELETE_KEY, SCTP_AUTH_DEACTIVATE_KEY. */
export const sctpAuthkeyid = asked(struct('sctp_authkeyid', 8, { assocId: [0, assocId], keynumber: [4, u16] }, { prefix: 'scact_' }), [
  'assocId',
])

/** SCTP_PEER_AUTH_CHUNKS, SCTP_LOCAL_AUTH_CHUNKS: chunk types; asked by association. */
export const sctpAuthchunks = tailed(
  'sctp_authchunks',
  8,
  { assocId: [0, assocId], numberOfChunks: [4, optional(u32)] },
  { name: 'chunks', of: list('u8', 256, u8), count: 'numberOfChunks', each: 1 },
  { prefix: 'gauth_' },
)
