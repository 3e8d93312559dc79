/** Is docs/recipes.md what is tried? */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { blocks, packages, text } from './document.js'

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')

describe('docs/recipes.md', () => {
  it('has code in files alone, each of which is used', () => {
    const programs = readdirSync(new URL('use', import.meta.url)).map(name => read(`use/${name}`))
    const imported = [...programs, ...blocks.values()].flatMap(code => [...code.matchAll(/'\.\/(.+\.js)'/g)].map(([, name]) => name))
    expect([...blocks.keys()].sort()).toEqual([...new Set(imported)].sort())
    expect(text.match(/^```\w/gm)).toHaveLength(blocks.size)
  })

  it.each(packages)('names the version of %s that it was tried with', name => {
    const { version } = JSON.parse(read(`../../node_modules/${name}/package.json`))
    expect(text).toMatch(new RegExp(`^\\| \\[${name}\\]\\(#.+?\\).* \\| ${version.replaceAll('.', '\\.')} \\|`, 'm'))
  })
})
