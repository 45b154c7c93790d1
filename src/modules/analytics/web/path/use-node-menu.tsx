import type { MenuProps } from 'antd'
import { useRuleCatalogue } from '#modules/rules/web/rule-catalogue.ts'
import { useWords } from '#ui/i18n.ts'
import type { ResultProps } from '../kind-view.ts'
import { useShown } from '../shown-state.tsx'
import { isOwn, mainWay, readNode, stepOf } from './path-nodes.ts'
import { pathOptions, withPathOptions } from './path-options.ts'
import { pathWords } from './path-words.ts'
import { useItemNames } from './use-item-names.ts'

/** What can be done with a node, the same from the picture and from the table. */
export function useNodeMenu(
  { question, answer, onCell }: ResultProps<'path'>,
  onGroup: (item: string) => void,
) {
  const t = useWords(pathWords)
  const { state, change, small } = useShown()
  const { events } = useRuleCatalogue()
  const { nameOf } = useItemNames()
  const options = pathOptions(state)
  return (id: string): MenuProps => {
    const { place, item } = readNode(id)
    const people = { key: 'people', label: t('whoPassed') }
    const ways = mainWay(answer.edges, id).map((one) =>
      stepOf(
        one,
        question.by ?? 'event',
        options.groups ?? [],
        events.map(({ name }) => name),
      ),
    )
    const steps = ways.flatMap((one) => (one === undefined ? [] : [one]))
    const isFunnel = ways.length > 1 && steps.length === ways.length
    // Tiles of boards show; what changes the question is done where it is edited.
    const items: NonNullable<MenuProps['items']> =
      small || !isOwn(item)
        ? [people]
        : [
            { key: 'start', label: t('fromHere'), disabled: options.start === item },
            { key: 'end', label: t('toHere'), disabled: options.end === item },
            { key: 'exclude', label: t('excludeThis') },
            { key: 'group', label: t('groupThis') },
            { type: 'divider' },
            { key: 'funnel', label: t('funnel'), disabled: !isFunnel },
            people,
          ]
    const act: Record<string, () => void> = {
      start: () => change(withPathOptions(state, { start: item })),
      end: () => change(withPathOptions(state, { end: item })),
      exclude: () => change(withPathOptions(state, { exclude: [...(options.exclude ?? []), item] })),
      group: () => onGroup(item),
      funnel: () => change({ kind: 'funnel', events: steps }),
      people: () => onCell({ node: id }, t('nodeTitle', { place, item: nameOf(item) })),
    }
    return { items, onClick: ({ key }) => act[key]?.() }
  }
}
