/** docs/errors.md is the list of our codes and hazards: it must name what the source has, and nothing else. */
import { readdirSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { hazards } from '../../src/access/hazards.js'
import { describeErrno } from '../../src/errors.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const codesIn = (text: string) => new Set(text.match(/\bERR_SOCKOPT_[A-Z_]+\b/g))
const doc = readFileSync(`${root}/docs/errors.md`, 'utf8')
const source = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.ts'))
  .map(name => readFileSync(`${root}/src/${name}`, 'utf8').replace(/^\s*(\/\/|\*).*$/gm, ''))
  .join('\n')

it('docs/errors.md lists every code of the source and no other', () => {
  expect([...codesIn(doc)].sort()).toEqual([...codesIn(source)].sort())
})

it('docs/errors.md lists every hazard', () => {
  expect(Object.keys(hazards).filter(name => !doc.includes(`\`${name}\``))).toEqual([])
})

it('an errno that libuv has no name for has its name', () => {
  expect(describeErrno(-constants.errno.EBADMSG).code).toBe('EBADMSG')
  expect(describeErrno(-constants.errno.EDOM).code).toBe('EDOM')
  expect(describeErrno(-constants.errno.EOPNOTSUPP).code).toBe('EOPNOTSUPP')
})
