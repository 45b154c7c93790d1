import { DesktopOutlined, MobileOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { useDisplay } from '#ui/display.tsx'
import { exactNumber, money } from '#ui/format-number.ts'
import { useWords } from '#ui/i18n.ts'
import { TimeText } from '#ui/TimeText.tsx'
import type { Device, Overview, Touch } from '../contract.ts'
import { portraitWords } from './portrait-words.ts'
import './portrait.css'

/** The first and the last visit that says where it came from: source › medium › campaign. */
export function OriginPanel({ origin }: Pick<Overview, 'origin'>) {
  const t = useWords(portraitWords)
  const { first, last } = origin
  return (
    <section className="hw-panel" aria-label={t('origin')}>
      <div className="hw-panel-head">
        <h2>{t('origin')}</h2>
      </div>
      <div className="hw-panel-body">
        {first ? (
          <dl className="portrait-touches">
            <TouchLine label={t('first')} touch={first} />
            {last && <TouchLine label={t('last')} touch={last} />}
          </dl>
        ) : (
          <p className="hw-fine">{t('noOrigin')}</p>
        )}
      </div>
    </section>
  )
}

function TouchLine({ label, touch }: { label: string; touch: Touch }) {
  const t = useWords(portraitWords)
  const path = [touch.source || touch.referrer, touch.medium, touch.campaign].filter(Boolean)
  const more = [touch.term, touch.content].filter(Boolean).join(' · ')
  return (
    <div>
      <dt className="hw-fine">{label}</dt>
      <dd>
        <span className="portrait-path">{path.length > 0 ? path.join(' › ') : t('direct')}</span>
        <span className="hw-fine">
          <TimeText value={touch.time} as="day" />
          {more && ` · ${more}`}
        </span>
      </dd>
    </div>
  )
}

/** What was kept of their orders, how many, and the last; per currency. */
export function OrdersPanel({ orders, id }: { orders: Overview['orders']; id: string }) {
  const t = useWords(portraitWords)
  const { language } = useDisplay()
  if (orders === null) return null
  return (
    <section className="hw-panel" aria-label={t('orders')}>
      <div className="hw-panel-head">
        <h2>{t('orders')}</h2>
        {orders.length > 0 && (
          <Link to="/people/$id" params={{ id }} search={{ groups: 'sales' }} className="hw-fine">
            {t('showSales')}
          </Link>
        )}
      </div>
      <div className="hw-panel-body">
        {orders.length === 0 && <p className="hw-fine">{t('noOrders')}</p>}
        {orders.map((one) => (
          <dl key={one.currency} className="portrait-numbers">
            <div>
              <dt>{t('net')}</dt>
              <dd className="hw-number">{money(one.net / 100, one.currency, language)}</dd>
            </div>
            <div>
              <dt>{t('orderCount')}</dt>
              <dd className="hw-number">{exactNumber(one.orders, language)}</dd>
            </div>
            <div>
              <dt>{t('lastOrder')}</dt>
              <dd>
                <TimeText value={one.lastAt} />
              </dd>
            </div>
          </dl>
        ))}
      </div>
    </section>
  )
}

/** What they use, the last used first. */
export function DevicesPanel({ devices }: Pick<Overview, 'devices'>) {
  const t = useWords(portraitWords)
  return (
    <section className="hw-panel" aria-label={t('devices')}>
      <div className="hw-panel-head">
        <h2>{t('devices')}</h2>
      </div>
      <div className="hw-panel-body">
        {devices.length === 0 && <p className="hw-fine">{t('noDevices')}</p>}
        <ul className="portrait-devices">
          {devices.map((device) => (
            <li key={device.id}>
              {isPhone(device) ? (
                <MobileOutlined aria-hidden="true" />
              ) : (
                <DesktopOutlined aria-hidden="true" />
              )}
              <span className="hw-clip hw-bar-grow" title={device.id}>
                {nameOf(device) || t('browser')}
              </span>
              <span className="hw-fine">
                <TimeText value={device.lastSeen} />
              </span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

const isPhone = ({ model, system, userAgent }: Device) =>
  /iphone|ipad|android|harmony|ios|mobile/i.test(`${model} ${system} ${userAgent}`)

/** Model and system as the app said them; of a browser, its name and system by the user agent. */
function nameOf({ model, system, app, userAgent }: Device): string {
  const said = [model, system, app].filter(Boolean)
  if (said.length > 0) return said.join(' · ')
  const browser = /(MicroMessenger|Edg|OPR|Firefox|Chrome|Safari)\//.exec(userAgent)?.[1] ?? ''
  const where = /(Windows|Mac OS X|Android|iPhone|iPad|Linux|HarmonyOS)/.exec(userAgent)?.[1] ?? ''
  const names: Record<string, string> = {
    Edg: 'Edge',
    OPR: 'Opera',
    MicroMessenger: 'WeChat',
    'Mac OS X': 'macOS',
  }
  return [browser, where]
    .filter(Boolean)
    .map((one) => names[one] ?? one)
    .join(' · ')
}
