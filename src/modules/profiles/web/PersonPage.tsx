import { PageHeader } from '#ui/PageHeader.tsx'

export function PersonPage() {
  return (
    <div className="hw-page">
      <PageHeader title="" />
    </div>
  )
}
