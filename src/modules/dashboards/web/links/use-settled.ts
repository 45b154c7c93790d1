import { useEffect } from 'react'

/**
 * Says on the board itself, as `data-settled`, that every tile shows what it will show: its numbers or its fault, its chart
 * drawn. Whoever makes a picture of the board waits for that.
 */
export function useSettled(board: HTMLElement | null): void {
  useEffect(() => {
    if (!board) return
    const look = () => {
      const settled = String(isSettled(board))
      if (board.dataset.settled !== settled) board.dataset.settled = settled
    }
    const watcher = new MutationObserver(look)
    watcher.observe(board, {
      ...{ childList: true, subtree: true, attributes: true },
      attributeFilter: ['data-state', 'data-drawn', 'class'],
    })
    look()
    return () => watcher.disconnect()
  }, [board])
}

/** Waiting, or loading what draws it. */
const unsettled =
  '.board-tile[data-state="waiting"], .board-tile .ant-skeleton, .board-tile [data-drawn="false"]'

const isSettled = (board: HTMLElement): boolean => board.querySelector(unsettled) === null
