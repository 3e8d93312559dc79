/** WHICH binaries can be made here and not be run? Each has its reason, so that the table is silent about none. */

const macos = 'nothing here runs programs of macOS: only their format, libraries and signature are checked'

export const systems = [
  [
    'Linux armv7, musl',
    'linux-arm/getsockopt.armv7.musl.node',
    'no registry at hand has a Node for musl on arm, and one for glibc has another time_t',
  ],
  [
    'Windows arm64',
    'win32-arm64/getsockopt.node',
    "Wine 10's start for arm64 does not end within minutes, under qemu-user and under qemu-system",
  ],
  ['macOS arm64', 'darwin-x64+arm64/getsockopt.node', macos],
  ['macOS x64', 'darwin-x64+arm64/getsockopt.node', macos],
].map(([name, binary, reason]) => ({ name, binary, isQuick: false, needs: () => reason }))
