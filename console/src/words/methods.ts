/** What SCIM does over HTTP (RFC 7644 §3.2). */
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
