/** WHAT does C get there? The C program of test/systems, compiled for the system and put beside the app, with the program that compares. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { missing, run } from './commands.mjs'

const programs = fileURLToPath(new URL('../../../test/systems/', import.meta.url))

/** In the app's folder. */
export const answerCommand = 'answers.mjs ./answers'

export const needsAnswers = compiler => missing({ [compiler]: debianOf(compiler) })

const debianOf = compiler => (compiler === 'musl-gcc' ? 'musl-tools' : `g++-${compiler.replace(/-gcc$/, '').replace('_', '-')}`)

/** Linked statically: it shares nothing with what is tested, and runs wherever the kernel does. */
export function placeAnswers(app, compiler, flags = []) {
  run(compiler, ['-static', '-O1', '-Wall', '-Wextra', '-Werror', '-o', join(app, 'answers'), join(programs, 'answers.c'), ...flags])
  cpSync(join(programs, 'answers.mjs'), join(app, 'answers.mjs'))
}
