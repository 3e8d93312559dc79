/** WHAT has no parts? Numbers, bytes and texts, most of them where a meaning changes. */

/** Where integers change their meaning. */
const edges = [
  0,
  1,
  2,
  4,
  7,
  8,
  15,
  16,
  31,
  32,
  63,
  64,
  100,
  127,
  128,
  255,
  256,
  1000,
  32767,
  32768,
  65535,
  65536,
  1e6,
  2 ** 24,
  2 ** 31,
  2 ** 32,
  2 ** 53,
]

export function anyNumber({ pick, below, next, chance }) {
  if (chance(60)) return pick(edges) + below(3) - 1
  if (chance(30)) return -pick(edges)
  if (chance(40)) return next() | 0
  return pick([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    -0,
    0.5,
    1.5,
    -1.5,
    5e-324,
    1e300,
    2 ** 63,
    2 ** 64,
    next() / 7,
  ])
}

/** Bytes of which many are 0 or 255, and some are words that mean something: a family, a version, a count. */
export function anyBytes(random, length) {
  const { pick, below, next, chance } = random
  const bytes = new Uint8Array(length)
  if (chance(10)) return bytes
  for (let at = 0; at < length; at++) bytes[at] = pick([0, 0, 255, next() & 255])
  for (let words = below(4); words > 0 && length >= 4; words--) {
    const at = below(length >> 1) * 2
    const value = pick([below(16), below(64), below(300), pick(edges)])
    const view = new DataView(bytes.buffer)
    const isLittle = chance(70)
    if (chance(50) && at + 4 <= length) view.setUint32(at, value, isLittle)
    else if (at + 2 <= length) view.setUint16(at, value, isLittle)
  }
  return bytes
}

const texts = [
  '',
  '0',
  '1',
  'a',
  'lo',
  'eth0',
  'cubic',
  'reno',
  'bbr',
  'tls',
  'espintcp',
  'AF_INET',
  'AF_INET6',
  'AF_UNIX',
  'AF_UNSPEC',
  '127.0.0.1',
  '::1',
  '::',
  '0.0.0.0',
  '224.0.0.1',
  'ff02::1',
  '::ffff:1.2.3.4',
  '1.2.3',
  '1.2.3.4.5',
  'fe80::1%lo',
  'filter',
  'nat',
  '\0',
  'a\0b',
  '\ud800',
  'é',
  '__proto__',
  'constructor',
  'toString',
  'length',
  'level:number',
]

/** Words that somebody learned while fuzzing: `learn` takes them from what a message says was expected. */
export const learned = { words: [], shapes: [] }
const known = new Set()

export function learn(expected) {
  if (known.has(expected) || known.size > 2000) return
  known.add(expected)
  learned.words.push(...[...expected.matchAll(/'([^']+)'/g)].map(([, word]) => word))
  learned.shapes.push(...[...expected.matchAll(/\{ ([\w, ]+) \}/g)].map(([, names]) => names.split(', ')))
}

/** Begins anew: what one codec said is nothing to the next, and a run must not depend on the runs of another. */
export function forget() {
  for (const list of Object.values(learned)) list.length = 0
  known.clear()
}

export function anyText({ pick, chance, below }) {
  if (learned.words.length > 0 && chance(40)) return pick(learned.words)
  if (chance(90)) return pick(texts)
  return pick(['x', 'é', '\0', '9', '\ud800']).repeat(pick([below(20), 15, 16, 17, 31, 32, 63, 64, 108, 255, 256, 5000]))
}
