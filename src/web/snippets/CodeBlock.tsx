import { CopyButton } from '#ui/CopyText.tsx'
import './snippets.css'

export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="code-block">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard */}
      <section tabIndex={0} aria-label={label}>
        <pre>
          <code>{code}</code>
        </pre>
      </section>
      <div className="code-copy">
        <CopyButton text={code} />
      </div>
    </div>
  )
}
