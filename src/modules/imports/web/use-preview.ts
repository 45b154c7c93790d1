import { useState } from 'react'
import { callRoute } from '#web/api-client.ts'
import { type Preview, routes } from '../contract.ts'

/** Sends a file and hears what is in it; `again` is the import whose corrected rows it holds. */
export function usePreview(onPreview: (preview: Preview) => void, again?: string) {
  const [reading, setReading] = useState<string>()
  const [error, setError] = useState<unknown>()
  const read = (file: File | undefined) => {
    if (!file || reading !== undefined) return
    const form = new FormData()
    form.set('file', file, file.name)
    setReading(file.name)
    setError(undefined)
    callRoute(routes.preview, { query: again === undefined ? {} : { again } }, undefined, form)
      .then(onPreview, setError)
      .finally(() => setReading(undefined))
  }
  return { read, reading, error }
}
