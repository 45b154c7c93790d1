import { PageHeader } from '#ui/PageHeader.tsx'

export function PeoplePage() {
  return (
    <div className="hw-page">
      <PageHeader title="" />
    </div>
  )
}
