/** WHAT can be read and set of a tunnel interface of macOS (level SYSPROTO_CONTROL)? */
import { utunFlags } from '../codec/enums-bsd.js'
import { text } from '../codec/text.js'
import { group, ro, rw } from './define.js'

export const utun = group(
  'SYSPROTO_CONTROL',
  () => ({
    UTUN_OPT_FLAGS: rw(utunFlags, 'Flags of the utun interface.', { needs: 'root' }),
    UTUN_OPT_IFNAME: ro(text(16), 'Name of the utun interface behind this descriptor.'),
  }),
  'AF_SYSTEM',
)
