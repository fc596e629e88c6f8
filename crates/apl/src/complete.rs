//! What could be written at a place of a query: for an editor, at each key stroke.
//!
//! The text up to the word at hand is read by the parser itself, which notes what it looks for where the text ends
//! (`parser::probe`): so what is offered is what the grammar takes there. The operators before are bound as for a run:
//! so the fields are those that the rows have there. Nothing is run.

use crate::context::{Context, Datasets};
use crate::diagnostic::Report;
use crate::limits::TEXT_BYTES_MAX;
use crate::parser;
use cursor::{Cursor, Form};
use std::ops::Range;

/// The place in the text: what stands there of a name, and what is replaced.
mod cursor;
/// The fields and names in sight of a place.
mod in_sight;
/// What may be chosen, and how it is written.
mod item;
/// Which things fit what was typed, and how well.
mod matching;
/// What `docs/apl/` says of each name.
mod pages;

pub use item::{Completion, CompletionKind};

/// Things that are offered at once.
const COMPLETIONS_MAX: usize = 50;

/// What could stand at one place, the likeliest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completions {
    /// The text that a choice takes the place of, in bytes.
    pub range: Range<usize>,
    /// At most 50.
    pub items: Vec<Completion>,
    /// How many there are in all.
    pub found: usize,
}

/// What could be written at `offset`, in bytes, of a text that may be unfinished. An offset inside a character is taken for
/// its start, one behind the end for the end. In strings, comments and numbers nothing is offered.
pub fn complete(
    text: &str,
    offset: usize,
    context: &Context,
    datasets: &dyn Datasets,
) -> Completions {
    let offset = text.floor_char_boundary(offset);
    let nothing = Completions {
        range: offset..offset,
        ..Completions::default()
    };
    if text.len() > TEXT_BYTES_MAX {
        return nothing;
    }
    let Some(cursor) = Cursor::at(text, offset) else {
        return nothing;
    };
    let before = &text[..cursor.cut];
    let mut report = Report::new(before);
    let probe = parser::probe(before, &mut report);
    let in_sight = in_sight::of(before, &probe, context, datasets);
    let mut matches = matching::Matches::new(&cursor.typed);
    match &cursor.form {
        Form::Key { map, .. } => item::keys(map, &in_sight, &mut matches),
        Form::Name | Form::Quoted => item::offered(&probe, &in_sight, &mut matches),
    }
    let found = matches.count();
    let items = item::best(matches, &cursor, text, &in_sight, COMPLETIONS_MAX);
    Completions {
        range: cursor.range,
        items,
        found,
    }
}
