// Colours for APL. It only has to look right: what a query means is the server's business.

export type Class = 'comment' | 'string' | 'field' | 'number' | 'operator' | 'function' | 'word' | 'pipe' | 'plain';
export type Token = { start: number; end: number; kind: Class };

const OPERATORS = new Set(['where', 'extend', 'project', 'project-away', 'project-keep', 'project-rename', 'summarize', 'sort', 'order', 'top', 'take', 'limit', 'distinct', 'count', 'union', 'join', 'lookup', 'search', 'let', 'declare', 'sample', 'getschema', 'project-reorder', 'extend-valid', 'parse', 'parse-where', 'parse-kv', 'mv-expand', 'make-series', 'print', 'datatable', 'compare', 'critical_path']);
const WORDS = new Set(['by', 'and', 'or', 'not', 'in', 'asc', 'desc', 'contains', 'contains_cs', 'startswith', 'endswith', 'has', 'has_cs', 'matches', 'regex', 'between', 'true', 'false', 'null', 'nulls', 'first', 'last']);

const LEX = /(\/\/[^\n]*)|(\[\s*(?:'(?:[^'\\\n]|\\.)*'?|"(?:[^"\\\n]|\\.)*"?)\s*\]?)|(@?"(?:[^"\\\n]|\\.)*"?|@?'(?:[^'\\\n]|\\.)*'?)|(\d+(?:\.\d+)?(?:e[+-]?\d+)?(?:ns|us|µs|ms|s|m|h|d|w)?\b)|([A-Za-z_][\w]*(?:-[a-z]+)*)|(\|)|(\s+)|([\s\S])/gy;

export function tokens(source: string): Token[] {
  const found: Token[] = [];
  let afterPipe = true;
  LEX.lastIndex = 0;
  for (let match = LEX.exec(source); match && match[0] !== ''; match = LEX.exec(source)) {
    const start = match.index;
    const end = LEX.lastIndex;
    const kind = classOf(match, source, afterPipe);
    if (match[7] === undefined && match[1] === undefined) afterPipe = match[6] !== undefined;
    found.push({ start, end, kind });
  }
  return found;
}

function classOf(match: RegExpExecArray, source: string, afterPipe: boolean): Class {
  if (match[1] !== undefined) return 'comment';
  if (match[2] !== undefined) return 'field';
  if (match[3] !== undefined) return 'string';
  if (match[4] !== undefined) return 'number';
  if (match[6] !== undefined) return 'pipe';
  const word = match[5];
  if (word === undefined) return 'plain';
  if (afterPipe && OPERATORS.has(word)) return 'operator';
  if (WORDS.has(word)) return 'word';
  return /^\s*\(/.test(source.slice(match.index + word.length)) ? 'function' : 'plain';
}

/** Where the stages of a query begin: offsets of the pipes outside strings and comments. */
export function pipes(source: string): number[] {
  return tokens(source).filter((token) => token.kind === 'pipe').map((token) => token.start);
}
