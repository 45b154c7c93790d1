import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { pathOf } from '#platform/http/define-routes.ts'
import { useToast } from '#ui/use-toast.tsx'
import { callRoute } from '#web/api-client.ts'
import type { Board, Tile } from '../contract/board.ts'
import { routes } from '../contract.ts'

const waitMs = 700

export type TilesEditor = {
  tiles: readonly Tile[]
  /** Shown at once and saved a moment later; one undo for what follows quickly. */
  set: (tiles: Tile[], said: string) => void
}

/** Tiles as they are arranged here, saved behind the reader's back, one request at a time. */
export function useTiles(board: Board): TilesEditor {
  const client = useQueryClient()
  const toast = useToast()
  const [draft, setDraft] = useState<Tile[]>()
  const waiting = useRef<{ tiles: Tile[] | undefined; said: string; before: readonly Tile[] | undefined }>({
    ...{ tiles: undefined, said: '', before: undefined },
  })
  const version = useRef(board.version)
  const isSaving = useRef(false)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  if (!isSaving.current && board.version > version.current) version.current = board.version
  const key = [pathOf(routes.get), { params: { id: board.id } }]
  const show = (shown: Board) => {
    version.current = shown.version
    client.setQueryData(key, shown)
  }
  const save = async () => {
    if (isSaving.current) return
    isSaving.current = true
    try {
      while (waiting.current.tiles) {
        const { tiles, said, before } = waiting.current
        waiting.current = { tiles: undefined, said: '', before: undefined }
        const body = { version: version.current, tiles }
        show(await callRoute(routes.update, { params: { id: board.id }, body }))
        if (!waiting.current.tiles) setDraft(undefined)
        if (before) toast.undo(said, () => takeBack([...before]))
      }
    } catch (error) {
      waiting.current = { tiles: undefined, said: '', before: undefined }
      toast.failed(error)
      // What stands on the server is shown again, whoever changed it.
      await client.invalidateQueries({ queryKey: [pathOf(routes.get)] })
      setDraft(undefined)
    } finally {
      isSaving.current = false
    }
  }
  const takeBack = async (tiles: Tile[]) => {
    const body = { version: version.current, tiles }
    show(await callRoute(routes.update, { params: { id: board.id }, body }))
    setDraft(undefined)
  }
  const latest = useRef(save)
  latest.current = save
  useEffect(() => {
    const flush = () => {
      clearTimeout(timer.current)
      void latest.current()
    }
    window.addEventListener('pagehide', flush)
    return () => {
      window.removeEventListener('pagehide', flush)
      flush()
    }
  }, [])
  const shown = draft ?? board.tiles
  const current = useRef<readonly Tile[]>(shown)
  current.current = shown
  const set = useCallback((tiles: Tile[], said: string) => {
    const { before } = waiting.current
    waiting.current = { tiles, said, before: before ?? current.current }
    current.current = tiles
    setDraft(tiles)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void latest.current(), waitMs)
  }, [])
  return { tiles: shown, set }
}
