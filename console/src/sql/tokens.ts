// Colours for SQL. As for APL: it only has to look right.
import type { Class, Token } from '../apl/tokens';

const OPERATORS = new Set(['select', 'from', 'where', 'group', 'order', 'by', 'having', 'limit', 'offset', 'with', 'union', 'intersect', 'except', 'join', 'left', 'right', 'full', 'inner', 'cross', 'values']);
const WORDS = new Set(['all', 'and', 'as', 'asc', 'between', 'case', 'cast', 'desc', 'distinct', 'else', 'end', 'exists', 'extract', 'false', 'filter', 'first', 'ilike', 'in', 'interval', 'is', 'last', 'like', 'not', 'null', 'nulls', 'on', 'or', 'outer', 'over', 'partition', 'then', 'true', 'using', 'when']);

const LEX = /(--[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?)|("(?:[^"]|"")*"?)|('(?:[^']|'')*'?)|(\d+(?:\.\d+)?(?:e[+-]?\d+)?\b)|([\p{L}_][\p{L}\p{N}_]*)|(\s+)|([\s\S])/giuy;

export function tokens(source: string): Token[] {
  const found: Token[] = [];
  LEX.lastIndex = 0;
  for (let match = LEX.exec(source); match; match = LEX.exec(source)) {
    found.push({ start: match.index, end: LEX.lastIndex, kind: classOf(match, source.slice(LEX.lastIndex)) });
  }
  return found;
}

function classOf(match: RegExpExecArray, after: string): Class {
  if (match[1] !== undefined) return 'comment';
  if (match[2] !== undefined) return 'field';
  if (match[3] !== undefined) return 'string';
  if (match[4] !== undefined) return 'number';
  const word = match[5]?.toLowerCase();
  if (word === undefined) return 'plain';
  const isCall = /^\s*\(/.test(after);
  // `left(text, 3)` is a function, `LEFT JOIN` is not.
  if (isCall && (word === 'left' || word === 'right')) return 'function';
  if (OPERATORS.has(word)) return 'operator';
  if (WORDS.has(word)) return 'word';
  return isCall ? 'function' : 'plain';
}
