/**
 * A place in the journal: milliseconds times {@link PLACES}, plus what keeps places apart. So a range of
 * time is a range of places, and a place is a number that a double holds until the year 2109.
 *
 * @module
 */

/** Places in a millisecond. */
export const PLACES = 2_048
