/** The public names of `getsockopt`, and nothing else. */
export { type Applied, type AppliedOptions, applyOptions } from './access/apply-options.js'
export { type DefinedOption, type Definition, defineOption } from './access/define-option.js'
export type { ReadOptions } from './access/get.js'
export { getsockopt, setsockopt } from './access/getsockopt.js'
export type { OnUnsupported, SocketOptions } from './access/prepared.js'
export { type Support, supports } from './access/supports.js'
export type { Abi, Codec } from './codec/codec.js'
export { Refusal } from './codec/codec.js'
export { codecs } from './codec/index.js'
export {
  type Application,
  type ApplyCandidate,
  type ApplyReport,
  applyToAll,
  type BindOptions,
  bind,
  type ConnectOptions,
  type Connector,
  type ConnectorOptions,
  type ConnectorSettings,
  type CreateConnection,
  connect,
  connector,
  createConnection,
  type HowToApply,
  type HowToPrepare,
  type ListenOptions,
  listen,
  type Membership,
  type Moment,
  prepareSocket,
} from './connect/index.js'
export { type ErrorKind, SocketOptionError } from './errors.js'
export { type AcceptQueue, type Queues, type Snapshot, snapshot } from './observe/snapshot.js'
export type { SocketOption } from './observe/socket-option.js'
export {
  type AliasName,
  catalogue as options,
  type OptionInput,
  type OptionName,
  type OptionValue,
  type ReadableName,
  type WritableName,
} from './options/index.js'
export type { Target } from './socket/resolve.js'
export type { AuditFinding } from './timeouts/explain/audit.js'
export type { Ending, Explanation, Finding, FindingCode, Mechanism } from './timeouts/explain/state.js'
export { audit, explainTimeouts } from './timeouts/explain.js'
export { getTimeouts, type KeepAlive, type Timeouts } from './timeouts/get-timeouts.js'
export { setTimeouts, type TimeoutSettings } from './timeouts/set-timeouts.js'
export type { Timeout } from './timeouts/timeout.js'
