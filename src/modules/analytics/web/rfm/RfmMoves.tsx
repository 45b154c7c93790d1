import { useDisplay } from '#ui/display.tsx'
import { exactNumber } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { RfmGroup } from '../../contract/rfm.ts'
import type { ResultProps } from '../kind-view.ts'
import { PeopleCount } from '../PeopleCount.tsx'
import { ScrollingTable } from '../ScrollingTable.tsx'
import { rfmWords } from './rfm-words.ts'

const sides = [...RfmGroup.options, null]

/** Who went from which group to which: a row for where they were, a column for where they are. */
export function RfmMoves({ answer, onCell }: ResultProps<'rfm'>) {
  const t = useWords(rfmWords)
  const { language } = useDisplay()
  const { moves = [], range } = answer.compare ?? {}
  const key = (from: RfmGroup | null, to: RfmGroup | null) => `${from} ${to}`
  const counts = new Map(moves.map(({ from, to, people }) => [key(from, to), people]))
  const most = Math.max(1, ...counts.values())
  const nameOf = (group: RfmGroup | null) => (group === null ? t('group.none') : t(`group.${group}`))
  const sumOf = (is: (move: (typeof moves)[number]) => boolean) =>
    moves.filter(is).reduce((all, { people }) => all + people, 0)
  return (
    <section className="rfm-moves" aria-label={t('moves')}>
      <h2 className="rfm-heading">{t('moves')}</h2>
      <p className="hw-fine">{t('movesText', { from: range?.from ?? '', to: range?.to ?? '' })}</p>
      <ScrollingTable label={t('moves')}>
        <thead>
          <tr>
            <th scope="col" className="analytics-line-name">
              {t('movesCorner')}
            </th>
            {sides.map((to) => (
              <th scope="col" className="hw-right rfm-side" key={to}>
                {nameOf(to)}
              </th>
            ))}
            <th scope="col" className="hw-right">
              {t('movesAll')}
            </th>
          </tr>
        </thead>
        <tbody>
          {sides.map((from) => (
            <tr key={from}>
              <th scope="row" className="analytics-line-name">
                {nameOf(from)}
              </th>
              {sides.map((to) => {
                const people = counts.get(key(from, to)) ?? 0
                const title =
                  from === to
                    ? t('stayed', { name: nameOf(to) })
                    : t('moved', { from: nameOf(from), to: nameOf(to) })
                return (
                  <td className="hw-right" key={to} style={people === 0 ? undefined : heat(people / most)}>
                    {from === null && to === null ? null : (
                      <PeopleCount
                        value={people}
                        label={title}
                        onOpen={() => onCell({ move: { from, to } }, title)}
                      />
                    )}
                  </td>
                )
              })}
              <td className="hw-right">
                {from === null ? (
                  <PeopleCount
                    value={sumOf((move) => move.from === null)}
                    label={nameOf(null)}
                    onOpen={() => onCell({ move: { from: null } }, t('newcomers'))}
                  />
                ) : (
                  <PeopleCount
                    value={sumOf((move) => move.from === from)}
                    label={nameOf(from)}
                    onOpen={() => onCell({ move: { from } }, t('were', { name: nameOf(from) }))}
                  />
                )}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row" className="analytics-line-name">
              {t('movesAll')}
            </th>
            {sides.map((to) => (
              <td className="hw-right" key={to}>
                <PeopleCount
                  value={sumOf((move) => move.to === to)}
                  label={nameOf(to)}
                  onOpen={() =>
                    onCell({ move: { to } }, to === null ? t('leavers') : t('are', { name: nameOf(to) }))
                  }
                />
              </td>
            ))}
            <td className="hw-right">
              {exactNumber(
                sumOf(() => true),
                language,
              )}
            </td>
          </tr>
        </tbody>
      </ScrollingTable>
    </section>
  )
}

/** Never so strong that the ink on it could not be read, in light and in dark. */
const heat = (share: number) => ({
  background: `color-mix(in srgb, var(--river) ${Math.round(Math.sqrt(share) * 40)}%, var(--surface))`,
})
