//! One pass over a text. Most bytes mean nothing; a few tell that something may be around them, and have
//! their detector look. A detector looks back no further than the last finding and forward no further than
//! what it finds or a fixed number of bytes, so the time is linear in the text.

use super::escapes::Decoded;
use super::keys::Names;
use super::kind::Kind;
use super::number::{self, Groups};
use super::{assigned, card, credential, email, iban, phone, url};

/// `%2540` is two deep.
const ESCAPES_MAX: usize = 3;

/// A part of the text that has to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

impl From<(usize, usize, Kind)> for Finding {
    fn from((start, end, kind): (usize, usize, Kind)) -> Self {
        Self { start, end, kind }
    }
}

/// All findings in order, none overlapping. `more` are known already.
pub(super) fn all(text: &[u8], names: &Names, more: Vec<(usize, usize, Kind)>) -> Vec<Finding> {
    let mut scan = Scan::new(text, names);
    scan.run();
    // First, so that of two with the same place the known one gives the mark.
    let mut found: Vec<Finding> = more.into_iter().map(Finding::from).collect();
    found.append(&mut scan.found);
    if scan.escaped {
        add_escaped(text, names, &mut found);
    }
    merged(found)
}

fn add_escaped(text: &[u8], names: &Names, found: &mut Vec<Finding>) {
    let mut decoded = Decoded::of(text);
    for _ in 0..ESCAPES_MAX {
        let Some(level) = decoded else { return };
        let mut scan = Scan::new(&level.bytes, names);
        scan.run();
        let placed = |finding: &Finding| Finding {
            start: level.origin(finding.start),
            end: level.origin(finding.end),
            kind: finding.kind,
        };
        found.extend(scan.found.iter().map(placed));
        decoded = scan.escaped.then(|| level.again()).flatten();
    }
}

fn merged(mut found: Vec<Finding>) -> Vec<Finding> {
    if found.len() < 2 {
        return found;
    }
    found.sort_by_key(|finding| (finding.start, std::cmp::Reverse(finding.end)));
    let mut apart: Vec<Finding> = Vec::with_capacity(found.len());
    for finding in found {
        match apart.last_mut() {
            Some(last) if finding.start < last.end => last.end = last.end.max(finding.end),
            _ => apart.push(finding),
        }
    }
    apart
}

/// Bytes that mean something.
const SIGNS: [bool; 256] = {
    let mut signs = [false; 256];
    let list = b"@%\\+(-_:=JBb0123456789";
    let mut at = 0;
    while at < list.len() {
        signs[list[at] as usize] = true;
        at += 1;
    }
    signs
};

struct Scan<'a> {
    text: &'a [u8],
    names: &'a Names,
    found: Vec<Finding>,
    /// Whether something is written as `%40` or `\u0040`.
    escaped: bool,
    /// No JSON web token begins before.
    no_jwt_to: usize,
}

impl<'a> Scan<'a> {
    fn new(text: &'a [u8], names: &'a Names) -> Self {
        Self {
            text,
            names,
            found: Vec::new(),
            escaped: false,
            no_jwt_to: 0,
        }
    }

    fn run(&mut self) {
        let mut at = 0;
        while let Some(&byte) = self.text.get(at) {
            if SIGNS[usize::from(byte)] {
                at = self.at(at, byte);
            } else {
                at += 1;
            }
        }
    }

    /// Looks around the byte at `at`; the answer is where to go on.
    fn at(&mut self, at: usize, byte: u8) -> usize {
        let (text, floor) = (self.text, self.floor());
        let to = |end: Option<usize>, kind| end.map(|end| (at, end, kind));
        let of = |range: Option<(usize, usize)>, kind| range.map(|(start, end)| (start, end, kind));
        let found = match byte {
            b'@' => of(self.address(at), Kind::Email),
            b'+' => to(phone::international_end(text, at, floor), Kind::Phone),
            b'(' => to(phone::bracketed_end(text, at, floor), Kind::Phone),
            b'-' | b'_' => of(credential::api_key(text, at, floor), Kind::ApiKey),
            b'B' | b'b' => of(credential::scheme(text, at, floor), Kind::Credential),
            b'J' => of(self.jwt(at), Kind::Jwt),
            b'=' => assigned::value(text, at, floor, self.names),
            b':' => of(url::userinfo(text, at), Kind::Password)
                .or_else(|| assigned::value(text, at, floor, self.names)),
            b'%' => {
                self.escaped = true;
                None
            }
            b'\\' => {
                self.escaped |= text.get(at + 1) == Some(&b'u');
                None
            }
            _ => return self.digits(at),
        };
        self.put(found).unwrap_or(at + 1)
    }

    fn put(&mut self, found: Option<(usize, usize, Kind)>) -> Option<usize> {
        let finding = Finding::from(found?);
        self.found.push(finding);
        Some(finding.end)
    }

    fn floor(&self) -> usize {
        self.found.last().map_or(0, |finding| finding.end)
    }

    /// What was found right before the `@` is part of the address, except a URL's password.
    fn address(&mut self, at: usize) -> Option<(usize, usize)> {
        let end = email::domain_end(self.text, at + 1)?;
        let mut start = email::local_start(self.text, at, self.floor());
        let touches = |last: &Finding, start| last.end == start && last.kind != Kind::Password;
        while let Some(last) = self.found.pop_if(|last| touches(last, start)) {
            start = email::local_start(self.text, last.start, self.floor());
        }
        (start < at).then_some((start, end))
    }

    fn jwt(&mut self, at: usize) -> Option<(usize, usize)> {
        if at < self.no_jwt_to {
            return None;
        }
        let found = credential::jwt(self.text, at, self.floor());
        found.map_err(|end| self.no_jwt_to = end).ok()
    }

    /// At the first of some digits.
    fn digits(&mut self, at: usize) -> usize {
        let (text, floor) = (self.text, self.floor());
        if let Some((start, end)) = iban::around(text, at, floor) {
            self.found.push((start, end, Kind::Iban).into());
            return end;
        }
        if let Some(end) = number::too_few(text, at) {
            return end;
        }
        let groups = Groups::at(text, at);
        let found = |end: Option<usize>, kind| end.map(|end| (at, end, kind));
        let finding = found(card::end(text, &groups), Kind::Card)
            .or_else(|| found(phone::ssn_end(text, &groups, floor), Kind::Ssn))
            .or_else(|| found(phone::national_end(text, &groups, floor), Kind::Phone));
        let next = groups.items().first().map_or(at + 1, |group| group.end);
        self.put(finding).unwrap_or(next)
    }
}
