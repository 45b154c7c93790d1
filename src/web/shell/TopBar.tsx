import { BookOutlined, QuestionCircleOutlined, SearchOutlined } from '@ant-design/icons'
import { Button, Dropdown } from 'antd'
import { lazy, Suspense } from 'react'
import { useIsNarrow } from '#ui/display.tsx'
import { useWords } from '#ui/i18n.ts'
import { Keys } from '#ui/Keys.tsx'
import { UserMenu } from '#web/shell/UserMenu.tsx'
import { WorkspaceSwitcher } from '#web/shell/WorkspaceSwitcher.tsx'
import { webWords } from '#web/web-words.ts'

const Bell = lazy(async () => ({ default: (await import('#modules/notices/web/Bell.tsx')).Bell }))
const JobTray = lazy(async () => ({ default: (await import('#web/shell/JobTray.tsx')).JobTray }))

export function TopBar({ onSearch, onShortcuts }: { onSearch: () => void; onShortcuts: () => void }) {
  const t = useWords(webWords)
  const narrow = useIsNarrow()
  const help = [
    {
      key: 'api',
      icon: <BookOutlined aria-hidden="true" />,
      label: (
        <a href="/docs/api" target="_blank" rel="noreferrer">
          {t('apiDocs')}
        </a>
      ),
    },
    { key: 'keys', label: t('shortcuts'), extra: <Keys keys="?" />, onClick: onShortcuts },
  ]
  return (
    <header className="hw-top">
      <WorkspaceSwitcher />
      {narrow ? (
        <Button
          type="text"
          icon={<SearchOutlined aria-hidden="true" />}
          aria-label={t('searchShort')}
          onClick={onSearch}
          className="hw-top-push"
        />
      ) : (
        <button type="button" className="hw-top-search" onClick={onSearch}>
          <SearchOutlined aria-hidden="true" />
          <span>{t('search')}</span>
          <Keys keys="mod+k" />
        </button>
      )}
      <Suspense fallback={<span className="hw-top-place" />}>
        <JobTray />
        <Bell />
      </Suspense>
      <Dropdown menu={{ items: help }} trigger={['click']} placement="bottomRight">
        <Button type="text" icon={<QuestionCircleOutlined aria-hidden="true" />} aria-label={t('help')} />
      </Dropdown>
      <UserMenu />
    </header>
  )
}
