/** WHICH codecs are there? Those that the package exports, those of the catalogue and of every platform, and some of each maker of codecs. */

const isCodec = value =>
  typeof value === 'object' && value !== null && typeof value.decode === 'function' && typeof value.encode === 'function'

/** `[name, codec]`, each codec once. `load` imports a module of src. */
export async function namedCodecs(load) {
  const { codecs } = await load('codec/index.js')
  const { catalogue } = await load('options/index.js')
  const { platforms } = await load('platform/index.js')
  const named = new Map()
  const add = (name, codec) => {
    if (isCodec(codec) && !named.has(codec)) named.set(codec, name)
  }
  const addAll = (prefix, values) => {
    for (const [name, value] of Object.entries(values)) {
      if (isCodec(value)) add(`${prefix}${name}`, value)
      else if (typeof value === 'object' && value !== null)
        for (const [key, codec] of Object.entries(value)) add(`${prefix}${name}.${key}`, codec)
    }
  }
  addAll('', codecs)
  for (const [name, row] of Object.entries(catalogue)) {
    add(name, row.codec)
    for (const [which, codec] of Object.entries(row.variants?.codecs ?? {})) add(`${name} (${which})`, codec)
  }
  for (const [platform, { quirks }] of Object.entries(platforms)) {
    for (const [name, { codec }] of Object.entries(quirks)) add(`${name} on ${platform}`, codec)
  }
  return [...named].map(([codec, name]) => [name, codec])
}
