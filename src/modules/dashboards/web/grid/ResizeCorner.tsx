import type { Drag } from './use-drag.ts'

/** By pointer only: the handle does the same by keyboard. */
export function ResizeCorner({ id, startDrag }: { id: string; startDrag: Drag['start'] }) {
  return (
    <div
      className="board-corner"
      aria-hidden="true"
      onPointerDown={(event) => startDrag(event, id, 'resize')}
    />
  )
}
