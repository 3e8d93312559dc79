/** Rows of text in columns. */

/** Columns as wide as their widest cell, the last one as it is; every line indented. */
export function formatTable(rows: readonly (readonly string[])[], indent = ''): string {
  const widths: number[] = []
  for (const row of rows)
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length)
    })
  return rows
    .map(row => {
      const cells = row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] as number)))
      return `${indent}${cells.join('  ')}`.trimEnd()
    })
    .join('\n')
}

/** Text on lines of about `width`, broken after commas. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const part of text.split(/(?<=, )/)) {
    if (line.length + part.length > width && line !== '') {
      lines.push(line.trimEnd())
      line = ''
    }
    line += part
  }
  return [...lines, line]
}
