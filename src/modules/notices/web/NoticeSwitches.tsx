import { Skeleton, Switch } from 'antd'
import { ErrorState } from '#ui/ErrorState.tsx'
import { useWords } from '#ui/i18n.ts'
import { useToast } from '#ui/use-toast.tsx'
import { useChange, useRoute } from '#web/use-route.ts'
import { routes } from '../contract.ts'
import { levels } from '../notice-types.ts'
import { noticeWords } from './notice-words.ts'
import './notices.css'

/** Which notices reach me, by how much they want of me. */
export function NoticeSwitches() {
  const t = useWords(noticeWords)
  const toast = useToast()
  const switches = useRoute(routes.switches, {})
  const change = useChange(routes.switchType, [routes.switches])
  const items = switches.data?.items ?? []
  return (
    <section className="hw-panel set-form" aria-label={t('settings')}>
      <div className="hw-panel-head">
        <h2>{t('settings')}</h2>
      </div>
      <div className="hw-panel-body">
        <p className="hw-muted">{t('settingsText')}</p>
        {switches.error && (
          <ErrorState error={switches.error} retry={() => void switches.refetch()} compact />
        )}
        {switches.isPending && <Skeleton active paragraph={{ rows: 4 }} />}
        {levels.map((level) => (
          <fieldset key={level} className="notice-switches">
            <legend>{t(`level_${level}`)}</legend>
            {items
              .filter((one) => one.level === level)
              .map(({ type, on }) => (
                <label key={type} htmlFor={`notice-${type}`}>
                  <span>{t(`switch_${type}`)}</span>
                  <Switch
                    id={`notice-${type}`}
                    size="small"
                    checked={on}
                    onChange={(next) =>
                      void change.mutateAsync({ params: { type }, body: { on: next } }).catch(toast.failed)
                    }
                  />
                </label>
              ))}
          </fieldset>
        ))}
      </div>
    </section>
  )
}
