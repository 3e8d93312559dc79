/** WHAT is a kind of socket object? How to recognize one, and where its descriptor is. */

/** An object of unknown shape: its properties may be missing, may be anything, and may throw when they are read. */
export type Shape = Readonly<Record<PropertyKey, unknown>>

/** A descriptor, or the error that says why there is none. An error that is returned, not thrown, is ours. */
export type Answer = number | Error

export interface Kind {
  readonly matches: (target: Shape) => boolean
  /** `subject` begins the messages: `this net.Socket`, `the socket of this ClientRequest`. */
  readonly descriptor: (target: Shape, subject?: string) => Answer
}

/** Any object, to be looked at. */
export const shapeOf = (value: object): Shape => value as Shape

export function isObject(value: unknown): value is Shape {
  return typeof value === 'object' && value !== null
}

/** `this TLSSocket`: the class's name, or `otherwise` where the name is one that several classes of Node have. */
export function nameOf(target: Shape, otherwise: string): string {
  const { constructor: made } = target
  const name = typeof made === 'function' ? made.name : ''
  return `this ${name === '' || name === 'Socket' || name === 'Server' || name === 'Object' ? otherwise : name}`
}
