import { ApartmentOutlined, BulbOutlined, PlusOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { routes as profiles } from '#modules/profiles/contract.ts'
import { routes as segments } from '#modules/segments/contract.ts'
import { Avatar } from '#ui/Avatar.tsx'
import { type Command, CommandPalette, type CommandSource } from '#ui/CommandPalette.tsx'
import { useDisplay } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { callRoute } from '#web/api-client.ts'
import { setPreferences } from '#web/preferences.ts'
import { useCan } from '#web/session.ts'
import { type NavArea, settingsItem } from '#web/shell/navigation.tsx'
import { webWords } from '#web/web-words.ts'

type Props = { open: boolean; onClose: () => void; areas: NavArea[] }

export function Palette({ open, onClose, areas }: Props) {
  const t = useWords(webWords)
  const can = useCan()
  const { dark } = useDisplay()
  const navigate = useNavigate()
  const go = (href: string) => () => void navigate({ href })
  const pages: Command[] = [...areas.flatMap((area) => area.items), settingsItem].map((item) => ({
    id: item.to,
    group: t('palettePages'),
    title: t(item.word),
    icon: item.icon,
    run: go(item.to),
  }))
  const actions: Command[] = [
    {
      id: 'theme',
      group: t('paletteActions'),
      title: t('toggleTheme'),
      icon: <BulbOutlined aria-hidden="true" />,
      run: () => setPreferences({ theme: dark ? 'light' : 'dark' }),
    },
  ]
  if (can('segment:write')) {
    actions.unshift({
      id: 'segment',
      group: t('paletteActions'),
      title: t('newSegment'),
      icon: <PlusOutlined aria-hidden="true" />,
      run: go('/segments/new'),
    })
  }
  return (
    <CommandPalette
      open={open}
      onClose={onClose}
      commands={[...pages, ...actions]}
      sources={useRecordSources()}
    />
  )
}

/** Segments by name, people by name, mail, phone or id. What the reader may not see is not asked for. */
function useRecordSources(): CommandSource[] {
  const t = useWords(webWords)
  const can = useCan()
  const navigate = useNavigate()
  const seesSegments = can('segment:read')
  const seesPeople = can('people:read')
  return useMemo(() => {
    const findSegments: CommandSource = async (search, signal) => {
      const { items } = await callRoute(segments.list, { query: { search, limit: 5 } }, signal)
      return items.map((segment) => ({
        id: segment.id,
        group: t('paletteSegments'),
        title: segment.name,
        icon: <ApartmentOutlined aria-hidden="true" />,
        run: () => void navigate({ to: '/segments/$id', params: { id: segment.id } }),
      }))
    }
    const findPeople: CommandSource = async (search, signal) => {
      const { items } = await callRoute(profiles.list, { query: { search, limit: 8 } }, signal)
      return items.map((person) => ({
        id: person.id,
        group: t('palettePeople'),
        title: person.name ?? t('anonymous'),
        hint: person.identifiers.find((i) => i.value !== person.name)?.value ?? '',
        icon: <Avatar id={person.id} name={person.name} size={22} />,
        run: () => void navigate({ to: '/people/$id', params: { id: person.id } }),
      }))
    }
    return [...(seesSegments ? [findSegments] : []), ...(seesPeople ? [findPeople] : [])]
  }, [t, navigate, seesSegments, seesPeople])
}
