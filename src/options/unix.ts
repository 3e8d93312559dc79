/** WHAT do macOS and FreeBSD tell about a unix socket (level SOL_LOCAL)? */
import { uuid } from '../codec/bytes.js'
import { auditToken } from '../codec/darwin.js'
import { bool, int } from '../codec/scalar.js'
import { xucred } from '../codec/ucred.js'
import { group, ro, rw } from './define.js'

export const unix = group(
  'SOL_LOCAL',
  () => ({
    LOCAL_PEERCRED: ro(xucred, 'User and groups of the peer, as they were at connect() or listen().', { needs: 'a connected socket (ENOTCONN)', quirks: ['FreeBSD adds the process id.'] }),
    LOCAL_PEERPID: ro(int, 'Process id of the peer.', { quirks: ['Of the process that used the socket last, which need not be the one that connected.'] }),
    LOCAL_PEEREPID: ro(int, 'Effective process id of the peer: of the process it acts for.'),
    LOCAL_PEERUUID: ro(uuid, 'UUID of the executable of the peer.'),
    LOCAL_PEEREUUID: ro(uuid, 'Effective UUID of the executable of the peer.'),
    LOCAL_PEERTOKEN: ro(auditToken, 'Audit token of the peer: the identity on macOS that no race can change.'),
    LOCAL_CREDS: rw(bool, 'Delivers the credentials of the sender with the next message.'),
    LOCAL_CREDS_PERSISTENT: rw(bool, 'Delivers the credentials of the sender with every message.'),
    LOCAL_CONNWAIT: rw(bool, 'Lets connect() wait for accept().'),
  }),
  'AF_UNIX',
)
