/**
 * The company the people work for: its departments, divisions and projects.
 *
 * @module
 */

export const ORGANIZATION = 'Northwind Instruments'
export const DOMAIN = 'northwind.example'

export interface Department {
  readonly name: string
  readonly division: string
  /** How many of a hundred teams belong to it. */
  readonly share: number
  readonly titles: readonly [string, ...string[]]
}

export const departments: readonly Department[] = [
  dept('Engineering', 'Technology', 20, 'Software Engineer', 'Firmware Engineer', 'Architect'),
  dept('Product', 'Technology', 4, 'Product Manager', 'Product Designer', 'User Researcher'),
  dept('Quality', 'Technology', 5, 'Test Engineer', 'Quality Analyst'),
  dept('Information Technology', 'Technology', 5, 'Systems Administrator', 'Network Engineer'),
  dept('Security', 'Technology', 2, 'Security Analyst', 'Incident Responder'),
  dept('Research & Development', 'Technology', 6, 'Research Scientist', 'Laboratory Technician'),
  dept('Sales', 'Commercial', 14, 'Account Executive', 'Sales Engineer', 'Account Manager'),
  dept('Marketing', 'Commercial', 5, 'Campaign Manager', 'Copywriter', 'Analyst'),
  dept('Customer Support', 'Commercial', 12, 'Support Engineer', 'Support Agent'),
  dept('Manufacturing', 'Operations', 12, 'Machine Operator', 'Process Engineer', 'Fitter'),
  dept('Logistics', 'Operations', 5, 'Warehouse Clerk', 'Dispatcher', 'Driver'),
  dept('Procurement', 'Operations', 2, 'Buyer', 'Category Manager'),
  dept('Facilities', 'Operations', 1, 'Facility Technician', 'Receptionist'),
  dept('Finance', 'Administration', 3, 'Accountant', 'Controller', 'Payroll Specialist'),
  dept('Human Resources', 'Administration', 3, 'Recruiter', 'People Partner'),
  dept('Legal', 'Administration', 1, 'Counsel', 'Paralegal'),
]

export const divisions: readonly string[] = [
  ...new Set(departments.map(({ division }) => division)),
]

export const adjectives: readonly [string, ...string[]] = words(
  'Amber Brisk Calm Copper Crimson Distant Early Gentle Golden Hidden Iron Late Lucid Northern Quiet Rapid Silent Silver Southern Steady Sunlit Tidal Velvet Vivid',
)
export const nouns: readonly [string, ...string[]] = words(
  'Anchor Badger Beacon Bridge Canyon Comet Compass Falcon Forest Garnet Glacier Harbor Heron Island Lantern Meadow Mesa Orchard Otter Pine Raven River Summit Willow',
)

function dept(
  name: string,
  division: string,
  share: number,
  ...titles: [string, ...string[]]
): Department {
  return { name, division, share, titles }
}

function words(text: string): [string, ...string[]] {
  return text.split(' ') as [string, ...string[]]
}
