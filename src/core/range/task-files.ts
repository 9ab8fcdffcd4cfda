/** What ranges and follows are written down with: for each a text, and beside it one that says which window runs it. */
export interface TaskFiles {
  /** Removes what a window that died was about to write. */
  tidy(): Promise<void>;
  ids(): Promise<string[]>;
  /** Undefined where there is none. */
  loadTask(id: string): Promise<string | undefined>;
  saveTask(id: string, text: string): Promise<void>;
  /** Removes both texts. */
  removeTask(id: string): Promise<void>;
  loadClaim(id: string): Promise<string | undefined>;
  saveClaim(id: string, text: string): Promise<void>;
  removeClaim(id: string): Promise<void>;
  /** The same while a window closes, which waits for nobody. */
  removeClaimNow(id: string): void;
}
