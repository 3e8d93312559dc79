/** WHICH options are there to ask for? All of them by name, those of this platform by number, and what must not be set or told the binding. */

/** Their memory stays in the kernel when the socket is closed, or is gigabytes. They are read, and never set. */
const neverSet = new Set([
  'MRT_TABLE',
  'MRT6_TABLE',
  'PACKET_RX_RING',
  'PACKET_TX_RING',
  'XDP_RX_RING',
  'XDP_TX_RING',
  'XDP_UMEM_FILL_RING',
  'XDP_UMEM_COMPLETION_RING',
])

const key = (level, number) => `${level | 0}:${number | 0}`

export function describeCatalogue({ options, here, hazards }) {
  const names = Object.keys(options)
  /** Options of this platform: `{ name, level, number }`. */
  const numbered = names.flatMap(name => {
    const [level, number] = [here.levels[options[name].level], here.numbers[name]]
    return level === undefined || number === undefined ? [] : [{ name, level, number }]
  })
  /** Those that are not merely read or set: of these more is asked. */
  const isDelicate = ({ name }) => {
    const { counted, variants, sizedBy, inOut } = options[name]
    return hazards[name] !== undefined || counted !== undefined || variants !== undefined || sizedBy !== undefined || inOut
  }
  /** What the binding, which believes what it is told, is not told: bytes with pointers, bytes that overrun, lengths in other units. */
  const isDangerous = ({ name }) =>
    hazards[name] !== undefined || options[name].counted !== undefined || options[name].inOut || neverSet.has(name)
  const keysOf = list => new Set(list.map(({ level, number }) => key(level, number)))
  const forbidden = keysOf(numbered.filter(({ name }) => neverSet.has(name)))
  const dangerous = keysOf(numbered.filter(isDangerous))
  const opening = keysOf(numbered.filter(({ name }) => hazards[name]?.read === 'creates'))
  return {
    names,
    numbered,
    local: numbered.map(({ name }) => name),
    delicate: numbered.filter(isDelicate),
    isSettable: (level, number) => !forbidden.has(key(level, number)),
    isSettableName: name => !neverSet.has(name),
    isDangerous: (level, number) => dangerous.has(key(level, number)),
    /** Whether reading it opens a descriptor, which is then the reader's to close. */
    isOpening: (level, number) => typeof level === 'number' && typeof number === 'number' && opening.has(key(level, number)),
    isOpeningName: name => typeof name === 'string' && hazards[name]?.read === 'creates',
  }
}
