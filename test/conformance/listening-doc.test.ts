/** docs/listening.md says what the kernel does: which options an accepted socket has from its listener. `npm run docs:listening` writes the table. */
import { readFileSync, writeFileSync } from 'node:fs'
import { release } from 'node:os'
import { beforeAll, describe, expect, it } from 'vitest'
import { isLinux, missingCapabilities, needs, skipVisibly } from '../support/needs.js'
import { candidates, type Inheritance, inheritanceOf, levelsOf } from './inheritance.js'

const file = new URL('../../docs/listening.md', import.meta.url)
const table = /<!-- kernel ([\d.]+): inherited -->\n([\s\S]*?)\n<!-- end -->/
const kernel = release().split('.').slice(0, 2).join('.')
const kinds = ['inherited', 'usual', 'another'] as const

const nameOf = ({ row }: Inheritance): string => (row.option.needs === undefined ? `\`${row.name}\`` : `\`${row.name}\`*`)

function makeTable(inheritances: readonly Inheritance[]): string {
  const cell = (level: string, kind: string) =>
    inheritances
      .filter(each => each.row.option.level === level && each.accepted === kind)
      .map(nameOf)
      .join(', ')
  const head = ['level', 'the listener’s value', 'the usual value, whatever the listener has', 'another']
  const rows = levelsOf(inheritances).map(level => [`\`${level}\``, ...kinds.map(kind => cell(level, kind))])
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}

if (process.env.DOCS === 'write') {
  beforeAll(async () => {
    const found: Inheritance[] = []
    for (const row of candidates) {
      const inheritance = await inheritanceOf(row)
      if (inheritance !== undefined) found.push(inheritance)
    }
    const marked = `<!-- kernel ${kernel}: inherited -->\n${makeTable(found)}\n<!-- end -->`
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(table, () => marked),
    )
  }, 120_000)
}

/** What the page says of each option: the level's row, and in it the column. */
function readTable(): Map<string, string> {
  const [, , text = ''] = table.exec(readFileSync(file, 'utf8')) ?? []
  const said = new Map<string, string>()
  for (const line of text.split('\n').slice(2)) {
    const [, level = '', ...cells] = line.split('|').map(cell => cell.trim())
    cells.forEach((cell, index) => {
      for (const [, name] of cell.matchAll(/`(\w+)`/g)) said.set(`${level.replaceAll('`', '')}.${name}`, kinds[index] as string)
    })
  }
  return said
}

describe('docs/listening.md', () => {
  it.for(candidates.map(row => [row.key, row] as const))('says what an accepted socket has of %s', async ([key, row], context) => {
    needs(context, isLinux, 'the page is about Linux')
    const [, documented] = table.exec(readFileSync(file, 'utf8')) ?? []
    expect(documented, 'the table of the page').toBeDefined()
    needs(context, kernel === documented, `the page is about Linux ${documented}, and this is ${kernel}`)
    const missing = missingCapabilities(row.option.needs ?? '')
    const inheritance = await inheritanceOf(row).catch(error => {
      if (missing.length === 0) throw error
      skipVisibly(context, `needs ${missing.join(' or ')}`)
    })
    expect(readTable().get(key)).toBe(inheritance?.accepted)
  })

  it('says nothing of other options', () => {
    const known = candidates.map(({ key }) => key)
    expect([...readTable().keys()].filter(key => isLinux && !known.includes(key))).toEqual([])
  })
})
