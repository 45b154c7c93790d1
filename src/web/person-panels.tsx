import { PersonCompanies } from '#modules/companies/web/PersonCompanies.tsx'
import { PersonHouseholds } from '#modules/companies/web/PersonHouseholds.tsx'
import { PersonConsentsPanel } from '#modules/consents/web/person/PersonConsentsPanel.tsx'
import { ReachLine } from '#modules/consents/web/person/ReachLine.tsx'
import type { Profile } from '#modules/profiles/contract.ts'
import { PersonSegments } from '#modules/segments/web/PersonSegments.tsx'
import { PersonTags } from '#modules/tags/web/PersonTags.tsx'

// The person page belongs to `profiles`, which stands below the modules that have more to say about a person.
// They are brought together here, in the shell, as widgets; a new one is one line.

/** Widgets under the name of a person. */
export function PersonHeaderPanels({ person }: { person: Profile }) {
  return (
    <>
      <ReachLine person={person} />
      <PersonTags person={person} />
    </>
  )
}

/** Widgets beside the timeline, between attributes and identity. */
export function PersonSidePanels({ person }: { person: Profile }) {
  return (
    <>
      <PersonHouseholds person={person} />
      <PersonCompanies person={person} />
      <PersonSegments person={person} />
      <PersonConsentsPanel person={person} />
    </>
  )
}
