import { type ReactNode, useEffect } from 'react'

type Props = {
  title: ReactNode
  documentTitle?: string
  purpose?: ReactNode
  actions?: ReactNode
  above?: ReactNode
}

/** Title, one sentence of purpose, actions on the right (the primary one last). */
export function PageHeader({ title, documentTitle, purpose, actions, above }: Props) {
  const shown = documentTitle ?? (typeof title === 'string' ? title : undefined)
  useEffect(() => {
    if (shown) document.title = `${shown} · Headwater`
  }, [shown])
  return (
    <header className="hw-page-header">
      <div className="hw-page-title">
        {above && <div className="hw-page-above">{above}</div>}
        <h1>{title}</h1>
        {purpose && <p>{purpose}</p>}
      </div>
      {actions && <div className="hw-page-actions">{actions}</div>}
    </header>
  )
}
