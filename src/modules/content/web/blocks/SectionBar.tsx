import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useWords } from '#ui/i18n.ts'
import type { Design, Section } from '../../design/design.ts'
import { contentWords } from '../content-words.ts'
import { ColourButton } from '../editor/ColourButton.tsx'
import { changeSection, copySection, moveSection } from './change-design.ts'

type Props = { design: Design; section: Section; n: number; onChange: (design: Design) => void }

/** What can be done with a whole row. */
export function SectionBar({ design, section, n, onChange }: Props) {
  const t = useWords(contentWords)
  const { id } = section
  const named = (what: string) => `${t('sectionN', { n })}: ${what}`
  const acts = [
    { word: t('moveUp'), icon: <ArrowUpOutlined />, run: () => moveSection(design, id, -1) },
    { word: t('moveDown'), icon: <ArrowDownOutlined />, run: () => moveSection(design, id, 1) },
    {
      word: t('duplicate'),
      icon: <CopyOutlined />,
      run: () => changeSection(design, id, (one) => [one, copySection(one)]),
    },
    { word: t('remove'), icon: <DeleteOutlined />, run: () => changeSection(design, id, () => []) },
  ]
  return (
    <div className="content-section-bar">
      <span className="hw-fine">{t('sectionN', { n })}</span>
      {section.code === null && (
        <ColourButton
          label={named(t('background'))}
          value={section.background || '#FFFFFF'}
          onChange={(background) => onChange(changeSection(design, id, (one) => [{ ...one, background }]))}
        />
      )}
      {acts.map(({ word, icon, run }) => (
        <Button
          key={word}
          size="small"
          type="text"
          icon={icon}
          aria-label={named(word)}
          title={word}
          onClick={() => onChange(run())}
        />
      ))}
    </div>
  )
}
