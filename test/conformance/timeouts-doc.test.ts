/** docs/timeouts.md says what the model says: each table between its markers. `npm run docs:timeouts` writes them. */
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { tables } from './timeouts-doc.js'

const file = new URL('../../docs/timeouts.md', import.meta.url)
const between = (name: string): RegExp => new RegExp(`(<!-- model: ${name} -->\n)([^]*?)(\n<!-- end -->)`)

if (process.env.DOCS === 'write') {
  const write = (text: string, [name, make]: [string, () => string]) =>
    text.replace(between(name), (_, start, __, end) => `${start}${make()}${end}`)
  writeFileSync(file, Object.entries(tables).reduce(write, readFileSync(file, 'utf8')))
}

describe('docs/timeouts.md', () => {
  const page = readFileSync(file, 'utf8')

  it.each(Object.keys(tables))('has the table "%s" as the model makes it', name => {
    expect(between(name).exec(page)?.[2]).toBe(tables[name]?.())
  })

  it('has no table that nobody makes', () => {
    const names = [...page.matchAll(/<!-- model: (\w+) -->/g)].map(([, name]) => name)
    expect(names.toSorted()).toEqual(Object.keys(tables).toSorted())
  })
})
