/** How is a question answered in a process of its own? `node [flags] alone.js NAME QUESTIONS FOLDER [--quick]` leaves it in FOLDER/answer.json. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { paceOf } from './pace.js'
import { readQuestion } from './questions.js'

const [name, questions, folder, quick] = process.argv.slice(2)
const { run } = await readQuestion(name, pathToFileURL(questions))
const { series = [], facts = [], skipped = [] } = await run(paceOf(quick === '--quick'))
writeFileSync(join(folder, 'answer.json'), JSON.stringify({ series, facts, skipped }))
