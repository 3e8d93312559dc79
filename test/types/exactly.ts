/** IS a value's type this one, and no wider? Compiles only if it is; never run. */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
/** Compiles only if the value's type is exactly `Expected`. */
export const exactly = <Expected>() => ({
  is: <Actual>(_: Actual, ..._same: Equal<Actual, Expected> extends true ? [] : ['types differ', Actual]) => undefined,
})
