import { App, ConfigProvider } from 'antd'
import enUS from 'antd/locale/en_US'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, useLayoutEffect, useMemo } from 'react'
import { DisplayProvider, useIsCalm, useMedia } from '#ui/display.tsx'
import { antdTheme } from '#ui/theme.ts'
import { usePreferences } from '#web/preferences.ts'

/** Theme, language and zone for everything below. */
export function Appearance({ children }: { children: ReactNode }) {
  const { language, theme, timezone } = usePreferences()
  const systemDark = useMedia('(prefers-color-scheme: dark)')
  const calm = useIsCalm()
  const dark = theme === 'dark' || (theme === 'system' && systemDark)
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = dark ? 'dark' : 'light'
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [dark, language])
  const display = useMemo(() => ({ language, timezone, dark }), [language, timezone, dark])
  const antd = useMemo(() => antdTheme(dark, calm), [dark, calm])
  return (
    <ConfigProvider theme={antd} locale={language === 'zh' ? zhCN : enUS} button={{ autoInsertSpace: false }}>
      <App className="hw-app">
        <DisplayProvider value={display}>{children}</DisplayProvider>
      </App>
    </ConfigProvider>
  )
}
