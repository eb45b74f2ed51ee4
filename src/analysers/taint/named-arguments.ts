/** The name of the call in which Python's named arguments stand, as the last argument. */
export const NAMED_ARGUMENTS = '*named arguments*';
