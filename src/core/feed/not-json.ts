/** The bytes are not JSON: thrown exactly where `JSON.parse` would throw, and caught within this room. */
export class NotJson extends Error {}
