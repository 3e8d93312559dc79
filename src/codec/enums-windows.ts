/** Which members does the header of an option name, where only Windows has the option, or numbers them otherwise? */
import { oneOf } from './choice.js'

/** IP_MTU_DISCOVER and IPV6_MTU_DISCOVER on Windows: other numbers under the same names (ws2ipdef.h, PMTUD_STATE). */
export const pmtudiscWin32 = oneOf('PMTUD_STATE', {
  IP_PMTUDISC_NOT_SET: 0,
  IP_PMTUDISC_DO: 1,
  IP_PMTUDISC_DONT: 2,
  IP_PMTUDISC_PROBE: 3,
})
// Windows (ws2ipdef.h, mstcpip.h)

export const tcpOffloadPreference = oneOf('TCP_OFFLOAD', {
  TCP_OFFLOAD_NO_PREFERENCE: 0,
  TCP_OFFLOAD_NOT_PREFERRED: 1,
  TCP_OFFLOAD_PREFERRED: 2,
})
export const ipv6ProtectionLevel = oneOf('PROTECTION_LEVEL', {
  PROTECTION_LEVEL_UNRESTRICTED: 10,
  PROTECTION_LEVEL_EDGERESTRICTED: 20,
  PROTECTION_LEVEL_RESTRICTED: 30,
})
/** SIO_TCP_SET_ICW. */
export const tcpIcwLevel = oneOf('TCP_ICW_LEVEL', {
  TCP_ICW_LEVEL_DEFAULT: 0,
  TCP_ICW_LEVEL_HIGH: 1,
  TCP_ICW_LEVEL_VERY_HIGH: 2,
  TCP_ICW_LEVEL_AGGRESSIVE: 3,
  TCP_ICW_LEVEL_EXPERIMENTAL: 4,
  TCP_ICW_LEVEL_COMPAT: 254,
  TCP_ICW_LEVEL_MAX: 255,
})
/** SIO_RCVALL. */
export const rcvallMode = oneOf('RCVALL_VALUE', { RCVALL_OFF: 0, RCVALL_ON: 1, RCVALL_SOCKETLEVELONLY: 2, RCVALL_IPLEVEL: 3 })
