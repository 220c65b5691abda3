// JSON text with pieces that no serialiser writes: numbers beyond all ranges, keys that come twice, brackets by the thousand.

/** A piece of JSON text that is put in as it is; it need not be JSON. */
export class Raw {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** Where a value stands in a reply: keys and indices from the outside. */
export type Place = readonly (string | number)[]

/** The text of a value in which there may be {@link Raw} pieces. */
export function textOf(value: unknown): string {
  const pieces: string[] = []
  const marked = JSON.stringify(value, (_key, inner: unknown) =>
    inner instanceof Raw ? `@raw ${pieces.push(inner.text) - 1}@` : inner,
  )
  return marked.replaceAll(/"@raw (\d+)@"/g, (_match, index: string) => pieces[Number(index)] ?? '')
}

/** Every place of a value but the value itself, outer ones first. */
export function placesOf(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null || value instanceof Raw) return []
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value)
  return keys.flatMap((key) => [[key], ...placesOf(at(value, [key])).map((place) => [key, ...place])])
}

/** What stands at a place; undefined where there is nothing. */
export function at(value: unknown, place: Place): unknown {
  return place.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Object.getOwnPropertyDescriptor(inner, key)?.value : undefined,
    value,
  )
}

/** A copy with another value at a place. */
export function withValue(value: unknown, place: Place, other: unknown): unknown {
  return changed(value, place, (holder, key) =>
    Object.defineProperty(holder, key, { value: other, enumerable: true, configurable: true, writable: true }),
  )
}

/** A copy without what stands at a place; items of a list move up. */
export function without(value: unknown, place: Place): unknown {
  return changed(value, place, (holder, key) => {
    if (Array.isArray(holder) && typeof key === 'number') holder.splice(key, 1)
    else Reflect.deleteProperty(holder, key)
  })
}

function changed(value: unknown, place: Place, change: (holder: object, key: string | number) => void): unknown {
  const [key, ...rest] = place
  if (key === undefined || typeof value !== 'object' || value === null || value instanceof Raw) return value
  const copy: object = Array.isArray(value) ? [...(value as unknown[])] : { ...value }
  if (rest.length === 0) change(copy, key)
  else
    Object.defineProperty(copy, key, {
      value: changed(at(value, [key]), rest, change),
      enumerable: true,
      configurable: true,
      writable: true,
    })
  return copy
}
