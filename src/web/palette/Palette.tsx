import { CommandPalette } from '#ui/CommandPalette.tsx'
import { useWords } from '#ui/i18n.ts'
import { paletteWords } from '#web/palette/palette-words.ts'
import { useActions } from '#web/palette/use-actions.tsx'
import { usePages } from '#web/palette/use-pages.tsx'
import { useRecent } from '#web/palette/use-recent.tsx'
import { useRecordSources } from '#web/palette/use-record-sources.tsx'
import { useCan } from '#web/session.ts'
import type { NavArea } from '#web/shell/navigation.tsx'

type Props = { open: boolean; onClose: () => void; onShortcuts: () => void; areas: NavArea[] }

/** Everything there is to go to and to do, by name. What the reader may not do or see is neither offered nor asked for. */
export function Palette({ open, onClose, onShortcuts, areas }: Props) {
  const t = useWords(paletteWords)
  const can = useCan()
  const pages = usePages(areas)
  const actions = useActions(onShortcuts)
  const recent = useRecent(open)
  const sources = useRecordSources()
  const scopes = [
    { sign: '>', label: t('actions') },
    ...(can('people:read') ? [{ sign: '@', label: t('people') }] : []),
    ...(can('people:read') || can('segment:read') ? [{ sign: '#', label: t('marks') }] : []),
  ]
  return (
    <CommandPalette
      open={open}
      onClose={onClose}
      commands={[...pages, ...actions]}
      sources={sources}
      scopes={scopes}
      recent={recent}
    />
  )
}
