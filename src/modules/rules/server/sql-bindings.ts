export type ParamValue = string | number | string[] | number[]
export type Params = Record<string, ParamValue>

/** Collects the values of one query; every value of a rule reaches SQL through here and nowhere else. */
export type Bindings = {
  params: Params
  /** `{p0:String}`; equal values share a parameter. */
  bind(
    type: 'String' | 'Array(String)' | 'Int64' | 'Int128' | 'UInt32' | 'UInt64' | 'Array(UInt64)',
    value: ParamValue,
  ): string
}

/** `prefix` keeps the parameters of two compilations that become one query apart. */
export function newBindings(prefix = 'p'): Bindings {
  const params: Params = {}
  const known = new Map<string, string>()
  return {
    params,
    bind(type, value) {
      const key = `${type} ${JSON.stringify(value)}`
      const name = known.get(key) ?? `${prefix}${known.size}`
      if (!known.has(key)) params[name] = wellFormed(value)
      known.set(key, name)
      return `{${name}:${type}}`
    },
  }
}

/** A number as Float64, passed as text: drivers differ in how they spell a double, text is parsed exactly. */
export function bindNumber(bindings: Bindings, value: number): string {
  return `toFloat64(${bindings.bind('String', String(value))})`
}

/** A moment in ms as DateTime64; a constant for the engine, so it prunes partitions and granules. */
export function bindTime(bindings: Bindings, ms: number): string {
  return `fromUnixTimestamp64Milli(${bindings.bind('Int64', ms)}, 'UTC')`
}

function wellFormed(value: ParamValue): ParamValue {
  if (typeof value === 'string') return value.toWellFormed()
  if (!Array.isArray(value)) return value
  return value.map((item) => (typeof item === 'string' ? item.toWellFormed() : item)) as ParamValue
}
