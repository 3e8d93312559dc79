/** Which of many sockets are set so that they will surprise somebody? Only the findings, worst first. */
import { worstFirst } from './findings.js'
import type { Explanation, Finding } from './state.js'

/** A finding, and which of the sockets it is about. */
export interface AuditFinding extends Finding {
  /** Its place in the list that was given; 0 where it was one socket. */
  readonly index: number
}

export function auditExplanations(explanations: readonly Explanation[]): readonly AuditFinding[] {
  const all = explanations.flatMap(({ findings }, index) => findings.map(finding => Object.freeze({ ...finding, index })))
  return Object.freeze(worstFirst(all))
}
