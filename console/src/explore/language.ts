// The two languages that a query may be in: all that differs between them on this page.
import { query, querySql } from '../api/client';
import * as apl from '../apl/examples';
import * as aplTokens from '../apl/tokens';
import type { Language } from '../shell/url';
import * as sql from '../sql/examples';
import * as sqlTokens from '../sql/tokens';

export type Dialect = {
  language: Language;
  title: string;
  ask: typeof querySql;
  tokens: (text: string) => aplTokens.Token[];
  examples: readonly apl.Example[];
  /** What is asked when the URL names no query. */
  first: string;
  /** What makes a line a comment. */
  comment: string;
  placeholder: string;
  /** How a query gets a limit of its own. */
  limit: string;
  /** Whether the server helps while one writes: completions and diagnostics. */
  helps: boolean;
};

export const DIALECTS: Record<Language, Dialect> = {
  apl: {
    language: 'apl', title: 'APL', ask: query, tokens: aplTokens.tokens, examples: apl.EXAMPLES, first: apl.FIRST_QUERY,
    comment: '//', placeholder: '| where duration > 100ms', limit: '| limit', helps: true,
  },
  sql: {
    language: 'sql', title: 'SQL', ask: querySql, tokens: sqlTokens.tokens, examples: sql.EXAMPLES, first: sql.FIRST_QUERY,
    comment: '--', placeholder: "SELECT name, duration FROM traces WHERE duration > '100ms'", limit: 'LIMIT', helps: false,
  },
};

export const other = (language: Language): Language => (language === 'apl' ? 'sql' : 'apl');

const BEFORE = /^(?:\s+|\/\/[^\n]*|--[^\n]*|\/\*[\s\S]*?\*\/)*/;
const SQL = /^(?:select\s+[^\s|]|with\s+[\w"]+\s+as\s*\()/i;
const APL = /^(?:\|(?!\|)|let\s+\w+\s*=|\[\s*['"][^'"\n]*['"]\s*\]\s*(?:\||$)|[\w-]+\s*\|(?!\|))/;

/** The language that a text is clearly in; unknown of most beginnings of one. */
export function languageOf(text: string): Language | undefined {
  const begun = text.replace(BEFORE, '');
  if (SQL.test(begun)) return 'sql';
  return APL.test(begun) ? 'apl' : undefined;
}
