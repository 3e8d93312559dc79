/** What does the README quote? Sentences that questions propose, with figures as the page has them. */
import { amount, times, whole } from './figures.js'

/** What a sentence is made of. A figure that was not measured is undefined. */
function figuresOf({ tables, facts }) {
  const row = (name, title) =>
    tables
      .filter(table => title === undefined || table.title === title)
      .flatMap(({ rows }) => rows)
      .find(row => row.name === name)
  return {
    /** How many times the time of its table's base a contender took. */
    times: (name, title) => withFigure(row(name, title)?.times.median, times),
    /** What a contender took, in nanoseconds. */
    nanoseconds: (name, title) => withFigure(row(name, title)?.nanoseconds.median, whole),
    /** A fact, in its own unit. */
    fact: what => withFigure(facts.find(fact => fact.what === what)?.median, amount),
  }
}

const withFigure = (number, write) => (number === undefined ? undefined : write(number))

/** A line for each question that has one, and of which everything it quotes was measured. */
export function writeQuotes(questions, reports) {
  const sentences = questions.flatMap(({ quote }, index) => quote?.(figuresOf(reports[index])) ?? [])
  return sentences.filter(sentence => !sentence.includes('undefined')).map(sentence => `- ${sentence}`)
}
