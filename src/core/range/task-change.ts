/** `progress`: more of it is done. `phase`: it began, stopped, waits or ended; that is written down at once. */
export type TaskChange = 'progress' | 'phase';
