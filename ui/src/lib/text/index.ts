// index.ts — the page's words in the reader's language. A new language is a new catalogue of the same form.
import { en } from './en';

export type Catalogue = typeof en;
export const t: Catalogue = en;
