import type { Company } from '#modules/companies/contract.ts'
import { CompanySegments } from '#modules/segments/web/CompanySegments.tsx'

// The company page stands below the modules that have more to say about a company; a new widget is one line.

/** Widgets beside the people of a company. */
export function CompanySidePanels({ company }: { company: Company }) {
  return <CompanySegments company={company} />
}
